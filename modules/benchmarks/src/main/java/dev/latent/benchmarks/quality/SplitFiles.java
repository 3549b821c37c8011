package dev.latent.benchmarks.quality;

import dev.latent.evaluation.Split;
import dev.latent.evaluation.SplitSnapshot;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the splits of the rankings for other programs: in a folder a data set, {@code train.csv} and {@code test.csv}, and
 * the training part cut once more, {@code fit.csv} and {@code validation.csv}; {@code user,item,value} with a header, ids being
 * numbers from 0.
 *
 * @param data the sets
 * @param splitSeed of both cuts
 */
record SplitFiles(QualityData data, long splitSeed) {

    void write(String dataset, Path folder) throws IOException {
        Path target = Files.createDirectories(folder.resolve(dataset));
        try (Arena arena = Arena.ofConfined()) {
            SplitSnapshot parts = data.leaveLastOut(dataset, splitSeed, arena);
            SplitSnapshot inner = validation(parts.train(), splitSeed, arena);
            write(parts.train(), target.resolve("train.csv"));
            write(parts.test(), target.resolve("test.csv"));
            write(inner.train(), target.resolve("fit.csv"));
            write(inner.test(), target.resolve("validation.csv"));
        }
    }

    /** What tuning trains on and measures with: cut from a training part as that was cut from all. */
    static SplitSnapshot validation(Snapshot train, long splitSeed, Arena arena) {
        return new Split.LeaveLastOut().apply(train, splitSeed, arena);
    }

    private static void write(Snapshot snapshot, Path file) throws IOException {
        SparseRows rows = snapshot.byUser();
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            out.println("user,item,value");
            for (int user = 0; user < rows.rows(); user++) {
                for (long position = rows.start(user); position < rows.end(user); position++) {
                    out.println(user + "," + rows.index(position) + "," + rows.value(position));
                }
            }
        }
    }
}
