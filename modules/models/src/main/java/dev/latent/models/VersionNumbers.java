package dev.latent.models;

import dev.latent.storage.JsonFiles;
import dev.latent.storage.StoredFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives version numbers: each once, also when the version came to nothing or was deleted. */
final class VersionNumbers {

    private static final int FORMAT_VERSION = 1;
    private static final Pattern LITTER = Pattern.compile("\\.(?:pending|trash)-([1-9][0-9]{0,8})-.*");

    private VersionNumbers() {}

    /**
     * The content of {@code numbers.json}.
     *
     * @param formatVersion of the file
     * @param last the highest number given
     */
    record Stored(int formatVersion, int last) {}

    static byte[] file(int last) throws IOException {
        return SealedJson.bytesOf(new Stored(FORMAT_VERSION, last));
    }

    /** Takes the next number; the caller holds the model's lock. */
    static int take(StoreContext context, ModelDirectory directory) throws IOException {
        int next = Math.incrementExact(highest(directory));
        if (!Names.isVersion(Integer.toString(next))) {
            throw new PreconditionException(
                    "Model '" + directory.name() + "'", "version numbers end at 999999999; create another model");
        }
        JsonFiles.replace(directory.numbers(), file(next), context.operations());
        return next;
    }

    /** Returns the highest number that any trace of a version bears. */
    private static int highest(ModelDirectory directory) throws IOException {
        int highest = 0;
        try {
            highest = stored(directory).last();
        } catch (StoredFileException exception) {
            // Damage here must not stop the model: the other traces are enough but for versions that left none.
            highest = 0;
        }
        for (Path entry : ModelDirectory.entries(directory.versions())) {
            String name = entry.getFileName().toString();
            Matcher litter = LITTER.matcher(name);
            if (litter.matches()) {
                highest = Math.max(highest, Integer.parseInt(litter.group(1)));
            } else if (Names.isVersion(name)) {
                highest = Math.max(highest, Integer.parseInt(name));
            }
        }
        for (LedgerEntry entry : LedgerFile.read(directory.ledger()).ledger().entries()) {
            highest = Math.max(highest, entry.version());
        }
        return highest;
    }

    static Stored stored(ModelDirectory directory) throws IOException {
        return SealedJson.read(directory.numbers(), FORMAT_VERSION, Stored.class);
    }
}
