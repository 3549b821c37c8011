package dev.latent.exchange;

/** A part of a model's embeddings. */
public enum Part {
    /** One vector a user. */
    USER_FACTORS("user_factors"),
    /** One id a user. */
    USER_IDS("user_ids"),
    /** One number a user. */
    USER_BIASES("user_biases"),
    /** One vector an item. */
    ITEM_FACTORS("item_factors"),
    /** One id an item. */
    ITEM_IDS("item_ids"),
    /** One number an item. */
    ITEM_BIASES("item_biases"),
    /** What is added to every score. */
    OFFSET("offset");

    private final String word;

    Part(String word) {
        this.word = word;
    }

    /**
     * Returns the name of this part in files that hold several.
     *
     * @return for example {@code user_factors}
     */
    public String word() {
        return word;
    }

    /** The ids that go with these factors or biases. */
    Part ids() {
        return isOfUsers() ? USER_IDS : ITEM_IDS;
    }

    /** The biases that go with these factors. */
    Part biases() {
        return isOfUsers() ? USER_BIASES : ITEM_BIASES;
    }

    private boolean isOfUsers() {
        return this == USER_FACTORS || this == USER_IDS || this == USER_BIASES;
    }
}
