package dev.latent.interactions;

import java.io.IOException;

/** Takes the interactions of files one by one. */
interface InteractionSink {

    void add(String userId, String itemId, float value, long time, String type) throws IOException;

    /** How many were taken. */
    long rows();
}
