package dev.latent.interactions;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The child of the crash test: appends or imports until it is killed and says on stdout what was acknowledged. */
final class AppendingProcess {

    private AppendingProcess() {}

    /** Arguments: the store's directory, the number of the round, {@code append} or {@code import}. */
    public static void main(String[] arguments) throws Exception {
        InteractionStore store = StoreFixture.open(Path.of(arguments[0]));
        int round = Integer.parseInt(arguments[1]);
        if (store.findDataset("films").isEmpty()) {
            store.createDataset("films", RepeatPolicy.LAST);
        }
        PrintStream out = new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.US_ASCII);
        for (int thread = 0; thread < 3; thread++) {
            int me = thread;
            Thread.ofPlatform().start(() -> append(store, "r" + round + "t" + me, out));
        }
        if (arguments[2].equals("import")) {
            importForEver(store, round, Path.of(arguments[0]).resolveSibling("files"), out);
        }
    }

    private static void append(InteractionStore store, String user, PrintStream out) {
        for (int append = 0; ; append++) {
            List<Interaction> rows = new ArrayList<>();
            for (int row = 0; row < 1 + append % 5; row++) {
                rows.add(StoreFixture.rating(user, "i" + append % 1_000, row, append));
            }
            rows.add(StoreFixture.rating(user + "-" + append, "new" + user + append, 1, append));
            store.append("films", rows);
            synchronized (out) {
                out.println("append " + user + " " + append);
            }
        }
    }

    private static void importForEver(InteractionStore store, int round, Path files, PrintStream out) throws Exception {
        Files.createDirectories(files);
        for (int number = 0; ; number++) {
            StringBuilder csv = new StringBuilder();
            String name = "f" + round + "n" + number;
            for (int row = 0; row < 3_000; row++) {
                csv.append(name)
                        .append('u')
                        .append(row % 50)
                        .append(",common")
                        .append(row % 400)
                        .append(",1\n");
            }
            Path file = files.resolve(name + ".csv");
            Files.writeString(file, csv, StandardCharsets.US_ASCII);
            synchronized (out) {
                out.println("importing " + name);
            }
            store.importPath("films", file, ImportOptions.defaults());
            synchronized (out) {
                out.println("imported " + name);
            }
        }
    }
}
