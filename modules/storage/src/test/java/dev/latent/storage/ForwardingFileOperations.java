package dev.latent.storage;

import java.io.IOException;
import java.nio.file.Path;

/** The operations of the system, for tests that change one of them. */
public class ForwardingFileOperations implements FileOperations {

    private final FileOperations system = FileOperations.system();

    @Override
    public void createDirectory(Path directory) throws IOException {
        system.createDirectory(directory);
    }

    @Override
    public DurableFile createNewFile(Path file) throws IOException {
        return system.createNewFile(file);
    }

    @Override
    public DurableFile openForAppend(Path file) throws IOException {
        return system.openForAppend(file);
    }

    @Override
    public void forceFile(Path file) throws IOException {
        system.forceFile(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        system.forceDirectory(directory);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        system.move(from, to);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        system.replace(from, to);
    }

    @Override
    public void truncate(Path file, long size) throws IOException {
        system.truncate(file, size);
    }

    @Override
    public void makeReadOnly(Path file) throws IOException {
        system.makeReadOnly(file);
    }

    @Override
    public void delete(Path path) throws IOException {
        system.delete(path);
    }
}
