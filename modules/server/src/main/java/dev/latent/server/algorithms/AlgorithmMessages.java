package dev.latent.server.algorithms;

import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.plugins.PluginStatus;
import dev.latent.spi.Scale;
import dev.latent.v1.Algorithm;
import dev.latent.v1.Hyperparameter;
import dev.latent.v1.Plugin;

/** Translates between the plugin host and the contract. */
final class AlgorithmMessages {

    private AlgorithmMessages() {}

    static Algorithm algorithm(LoadedAlgorithm algorithm) {
        return Algorithm.newBuilder()
                .setName(algorithm.name())
                .setDescription(algorithm.description())
                .setPlugin(algorithm.pluginName())
                .setPluginVersion(algorithm.pluginVersion())
                .addAllHyperparameters(algorithm.hyperparameters().stream()
                        .map(AlgorithmMessages::hyperparameter)
                        .toList())
                .build();
    }

    private static Hyperparameter hyperparameter(dev.latent.spi.Hyperparameter declared) {
        Hyperparameter.Builder message = Hyperparameter.newBuilder()
                .setName(declared.name())
                .setDescription(declared.description())
                .setDefaultValue(declared.defaultText());
        switch (declared) {
            case dev.latent.spi.Hyperparameter.OfInteger integer ->
                message.setType(Hyperparameter.Type.TYPE_INTEGER)
                        .setMinimum((double) integer.minimum())
                        .setMaximum((double) integer.maximum())
                        .setScale(scale(integer.scale()));
            case dev.latent.spi.Hyperparameter.OfReal real ->
                message.setType(Hyperparameter.Type.TYPE_REAL)
                        .setMinimum(real.minimum())
                        .setMaximum(real.maximum())
                        .setScale(scale(real.scale()));
            case dev.latent.spi.Hyperparameter.OfChoice choice ->
                message.setType(Hyperparameter.Type.TYPE_CHOICE).addAllChoices(choice.choices());
            case dev.latent.spi.Hyperparameter.OfFlag _ -> message.setType(Hyperparameter.Type.TYPE_FLAG);
        }
        return message.build();
    }

    private static Hyperparameter.Scale scale(Scale scale) {
        return switch (scale) {
            case LINEAR -> Hyperparameter.Scale.SCALE_LINEAR;
            case LOG -> Hyperparameter.Scale.SCALE_LOG;
        };
    }

    static Plugin plugin(PluginStatus status) {
        return Plugin.newBuilder()
                .setName(status.name())
                .setVersion(status.version())
                .setState(
                        switch (status.state()) {
                            case LOADED -> Plugin.State.STATE_LOADED;
                            case REJECTED -> Plugin.State.STATE_REJECTED;
                            case FAILED -> Plugin.State.STATE_FAILED;
                        })
                .setReason(status.reason())
                .addAllAlgorithms(status.algorithms())
                .setPath(status.path().toString())
                .setSpiVersion(status.spiVersion())
                .build();
    }
}
