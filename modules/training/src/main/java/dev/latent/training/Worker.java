package dev.latent.training;

import java.io.IOException;

/** Does the work of one run, here or in another process. */
interface Worker {

    /**
     * Does the work.
     *
     * @return what it came to
     * @throws RuntimeException when it fails, with a message for the user
     * @throws InterruptedException when the host is stopping; the work has been stopped
     */
    WorkResult work() throws IOException, InterruptedException;

    /** Ends {@link #work} soon; from any thread, also before it begins. */
    void stop();
}
