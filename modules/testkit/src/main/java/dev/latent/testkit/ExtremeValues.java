package dev.latent.testkit;

/** Values that overflow when they are squared, vanish, or have a sign that a formula did not expect. */
enum ExtremeValues {
    HUGE(1e30f, 1e30f),
    HUGE_AND_USUAL(1e30f, 3),
    NEGATIVE(-1, -4.5f),
    HUGE_OF_BOTH_SIGNS(1e30f, -1e30f),
    LARGEST(Float.MAX_VALUE, -Float.MAX_VALUE),
    SMALLEST(Float.MIN_VALUE, Float.MIN_VALUE);

    private static final int USERS = 13;
    private static final int ITEMS = 11;

    private final float even;
    private final float odd;

    ExtremeValues(float even, float odd) {
        this.even = even;
        this.odd = odd;
    }

    /** Returns a snapshot in which each user has two thirds of the items, at one value or the other. */
    InMemorySnapshot snapshot() {
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(USERS, ITEMS);
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < ITEMS; item++) {
                if ((user + item) % 3 != 0) {
                    builder.add(user, item, (user * 5 + item) % 2 == 0 ? even : odd);
                }
            }
        }
        return builder.build();
    }
}
