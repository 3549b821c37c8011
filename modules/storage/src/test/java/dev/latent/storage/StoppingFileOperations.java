package dev.latent.storage;

import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * File operations that stop at a chosen step, as a process that is killed there or a disk that refuses there. For tests
 * that sweep over all steps.
 */
public final class StoppingFileOperations implements FileOperations {

    /** What happens at the chosen step. */
    public enum Mode {
        /** The step is not done, nor is any after it: the process is dead. */
        KILL_BEFORE,
        /** The step is done, but none after it. */
        KILL_AFTER,
        /** Of a write half the bytes are done, other steps are not, and none after it. */
        KILL_HALFWAY,
        /** The step fails, later ones work: the disk refused once. */
        FAIL_ONCE
    }

    /** Thrown at the chosen step and, when killed, by each later one. */
    public static final class StoppedException extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;

        StoppedException(String step) {
            super("stopped at " + step);
        }
    }

    private final FileOperations delegate = FileOperations.system();
    private final int stopAt;
    private final Mode mode;
    private final List<String> steps = Collections.synchronizedList(new ArrayList<>());

    /**
     * Creates operations.
     *
     * @param stopAt the step to stop at, from 1; 0 to only count
     * @param mode what happens there
     */
    public StoppingFileOperations(int stopAt, Mode mode) {
        this.stopAt = stopAt;
        this.mode = mode;
    }

    /**
     * Returns what was asked so far.
     *
     * @return one line a step
     */
    public List<String> steps() {
        return List.copyOf(steps);
    }

    /**
     * Tells whether the chosen step was reached.
     *
     * @return false when the operation ended before it
     */
    public boolean stopped() {
        return stopAt > 0 && steps.size() >= stopAt;
    }

    /** A step. */
    private interface Step {
        void run() throws IOException;
    }

    private void step(String name, Step whole) throws IOException {
        step(name, whole, () -> {});
    }

    private void step(String name, Step whole, Step half) throws IOException {
        steps.add(name);
        int number = steps.size();
        boolean dead = stopAt > 0 && number > stopAt && mode != Mode.FAIL_ONCE;
        if (dead) {
            throw new StoppedException(name + " (already dead)");
        }
        if (number != stopAt) {
            whole.run();
            return;
        }
        switch (mode) {
            case KILL_BEFORE, FAIL_ONCE -> {}
            case KILL_AFTER -> whole.run();
            case KILL_HALFWAY -> half.run();
        }
        throw new StoppedException(number + ": " + name);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        step("createDirectory " + directory.getFileName(), () -> delegate.createDirectory(directory));
    }

    @Override
    public DurableFile createNewFile(Path file) throws IOException {
        List<DurableFile> opened = new ArrayList<>();
        step("createNewFile " + file.getFileName(), () -> opened.add(delegate.createNewFile(file)));
        return new SteppedFile(opened.getFirst(), file);
    }

    @Override
    public DurableFile openForAppend(Path file) throws IOException {
        List<DurableFile> opened = new ArrayList<>();
        step("openForAppend " + file.getFileName(), () -> opened.add(delegate.openForAppend(file)));
        return new SteppedFile(opened.getFirst(), file);
    }

    @Override
    public void forceFile(Path file) throws IOException {
        step("forceFile " + file.getFileName(), () -> delegate.forceFile(file));
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        step("forceDirectory " + directory.getFileName(), () -> delegate.forceDirectory(directory));
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        step("move to " + to.getFileName(), () -> delegate.move(from, to));
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        step("replace " + to.getFileName(), () -> delegate.replace(from, to));
    }

    @Override
    public void truncate(Path file, long size) throws IOException {
        step("truncate " + file.getFileName(), () -> delegate.truncate(file, size));
    }

    @Override
    public void makeReadOnly(Path file) throws IOException {
        step("makeReadOnly " + file.getFileName(), () -> delegate.makeReadOnly(file));
    }

    @Override
    public void delete(Path path) throws IOException {
        step("delete " + path.getFileName(), () -> delegate.delete(path));
    }

    /** A file whose writes and forces are steps. */
    private final class SteppedFile implements DurableFile {

        private final DurableFile file;
        private final Path path;

        SteppedFile(DurableFile file, Path path) {
            this.file = file;
            this.path = path;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            step("write " + path.getFileName(), () -> file.write(bytes), () -> {
                ByteBuffer half = bytes.duplicate();
                file.write(half.limit(half.position() + half.remaining() / 2));
            });
        }

        @Override
        public void force() throws IOException {
            step("force " + path.getFileName(), file::force);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
