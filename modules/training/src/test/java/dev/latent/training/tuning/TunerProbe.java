package dev.latent.training.tuning;

import java.nio.file.Path;

/** A process that searches slowly, to be killed. */
final class TunerProbe {

    private static final long PAUSE_MILLIS = 100;

    private TunerProbe() {}

    public static void main(String[] arguments) throws Exception {
        TuningListener slow = new TuningListener() {
            @Override
            public void event(TuningEvent event) {
                try {
                    Thread.sleep(PAUSE_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void log(String line) {}
        };
        new Tuner(Searches.ALGORITHM, Searches.request(4), slow).run(Searches.ratings(), Path.of(arguments[0]));
    }
}
