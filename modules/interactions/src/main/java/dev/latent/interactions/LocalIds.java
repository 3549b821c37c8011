package dev.latent.interactions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Numbers distinct ids from 0 in the order in which they are added: an open-addressing table. For one thread. */
final class LocalIds {

    private final List<String> ids = new ArrayList<>();
    private int[] slots = new int[1024]; // number + 1, 0 when free

    /** Returns the number of an id, a new one when it was not there. */
    int add(String id) {
        int slot = slot(id);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        ids.add(id);
        slots[slot] = ids.size();
        if (ids.size() * 2L > slots.length) {
            grow();
        }
        return ids.size() - 1;
    }

    /** Returns the number of an id, -1 when it is not there. */
    int find(String id) {
        return slots[slot(id)] - 1;
    }

    String id(int number) {
        return ids.get(number);
    }

    int size() {
        return ids.size();
    }

    List<String> ids() {
        return Collections.unmodifiableList(ids);
    }

    private int slot(String id) {
        int hash = id.hashCode() * 0x9E3779B9;
        int slot = (hash ^ hash >>> 15) & (slots.length - 1);
        while (slots[slot] != 0 && !ids.get(slots[slot] - 1).equals(id)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        slots = Arrays.copyOf(new int[0], Math.multiplyExact(slots.length, 4));
        for (int number = 0; number < ids.size(); number++) {
            slots[slot(ids.get(number))] = number + 1;
        }
    }
}
