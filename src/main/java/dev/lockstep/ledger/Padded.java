package dev.lockstep.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Lists for {@code IN}, of so few different lengths that the database knows each statement already. */
final class Padded {

    private Padded() {}

    /** The same values, the last one repeated until their number is a power of two. */
    static <T> List<T> list(Collection<T> values) {
        List<T> padded = new ArrayList<>(values);
        while (Integer.bitCount(padded.size()) > 1) {
            padded.add(padded.get(padded.size() - 1));
        }
        return padded;
    }
}
