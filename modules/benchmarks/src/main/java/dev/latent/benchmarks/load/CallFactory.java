package dev.latent.benchmarks.load;

import java.util.function.Consumer;

/** Starts calls of one kind. Thread-safe. */
@FunctionalInterface
interface CallFactory {

    /**
     * Starts a call and returns at once.
     *
     * @param lane which of the concurrent loops asks, from 0
     * @param number of the call, from 0
     * @param done told once, from any thread: empty when the call was answered well, otherwise what went wrong in a word
     */
    void start(int lane, int number, Consumer<String> done);
}
