package dev.latent.server.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs and their processes. */
@ConfigMapping(prefix = "training")
public interface TrainingConfig {

    /** Largest heap of a run's process; absent for that of the server. */
    Optional<@AtLeast("64m") ByteSize> heap();

    /** Most memory of a run, its snapshot included; absent for what the machine has available. */
    Optional<@AtLeast("64m") ByteSize> memory();

    /** Disk for the snapshots of earlier runs, which later runs use again while the dataset is unchanged. */
    @WithDefault("8g")
    ByteSize snapshots();

    /** Most threads of a run; absent for all processors. */
    Optional<@Min(1) @Max(4_096) Integer> threads();

    /** Runs at work at the same time. */
    @WithDefault("1")
    @Min(1)
    @Max(1_024)
    int concurrency();

    /** Runs that may wait. */
    @WithDefault("100")
    @Min(1)
    @Max(1_000_000)
    int queue();

    /** Ended runs whose log and figures are kept. */
    @WithDefault("1000")
    @Min(1)
    @Max(1_000_000)
    int keep();

    /** After which a run's process is ended; absent for never. */
    Optional<TimeSpan> timeLimit();

    /** The Java launcher of a run's process; absent for that of the server. */
    Optional<Path> java();

    /** Further arguments of the virtual machine of a run's process. */
    Optional<List<String>> jvmArguments();
}
