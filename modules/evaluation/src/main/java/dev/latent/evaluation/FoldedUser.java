package dev.latent.evaluation;

/**
 * A user as fold-in found it: the score of item i is {@code offset + bias + itemBias(i) + <vector, item(i)>}.
 *
 * @param vector one number a factor; not to be modified
 * @param bias added to every score
 */
@SuppressWarnings("ArrayRecordComponent")
public record FoldedUser(float[] vector, float bias) {}
