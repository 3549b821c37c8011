package dev.latent.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The right to write a home, held by one process at a time: a kernel lock on {@code <home>/LOCK}, gone with its process
 * however that ends.
 *
 * <p>Closing any descriptor of a locked file drops the lock of its whole process, unnoticed. So no process that may hold
 * the lock ever opens {@code LOCK} a second time: the homes that this process holds are remembered, and who holds a home
 * is told by another file, {@code LOCK.owner}. Nothing else may open {@code LOCK} (copying and checking tools leave it
 * out).
 */
public final class HomeLock implements AutoCloseable {

    /** The locked file's name; never to be opened by anything else. */
    public static final String LOCK_FILE = "LOCK";

    /** The name of the file that tells who holds the lock. */
    public static final String OWNER_FILE = "LOCK.owner";

    private static final Set<Path> HELD = new HashSet<>();

    private final Path home;
    private final FileChannel channel;
    private final FileLock lock;

    private HomeLock(Path home, FileChannel channel, FileLock lock) {
        this.home = home;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Who holds a home.
     *
     * @param pid its process
     * @param host where that runs
     * @param since when it took the lock
     */
    public record Owner(long pid, String host, Instant since) {}

    /**
     * Takes the lock.
     *
     * @param home an existing directory
     * @return held until closed or until the process ends
     * @throws HomeLockedException when another process, or this one, holds it
     * @throws IOException when the lock file cannot be opened
     */
    public static HomeLock acquire(Path home) throws IOException {
        return acquire(home, Clock.systemUTC());
    }

    /**
     * Takes the lock.
     *
     * @param home an existing directory
     * @param clock tells others since when it is held
     * @return held until closed or until the process ends
     * @throws HomeLockedException when another process, or this one, holds it
     * @throws IOException when the lock file cannot be opened
     */
    public static HomeLock acquire(Path home, Clock clock) throws IOException {
        Path real = home.toRealPath();
        synchronized (HELD) {
            if (HELD.contains(real)) {
                throw new HomeLockedException(real, findOwner(real));
            }
            FileChannel channel =
                    FileChannel.open(real.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                @Nullable FileLock lock = channel.tryLock();
                if (lock == null) {
                    throw new HomeLockedException(real, findOwner(real));
                }
                Owner owner = new Owner(ProcessHandle.current().pid(), hostName(), clock.instant());
                JsonFiles.replace(real.resolve(OWNER_FILE), owner, FileOperations.system());
                HELD.add(real);
                return new HomeLock(real, channel, lock);
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        }
    }

    /** Returns who the owner file names; null when it cannot be read, which does not change who holds the lock. */
    private static @Nullable Owner findOwner(Path home) {
        try {
            return JsonFiles.read(home.resolve(OWNER_FILE), Owner.class);
        } catch (IOException exception) {
            return null;
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException exception) {
            return "unknown";
        }
    }

    /**
     * Returns the home.
     *
     * @return as a real path
     */
    public Path home() {
        return home;
    }

    /** Gives the lock back; a second call does nothing. */
    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (!channel.isOpen()) {
                return;
            }
            try {
                Files.deleteIfExists(home.resolve(OWNER_FILE));
                lock.release();
            } finally {
                HELD.remove(home);
                channel.close();
            }
        }
    }
}
