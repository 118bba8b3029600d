package dev.lockstep.domain;

import java.util.Locale;

/** Patterns in which {@code *} stands for any text; upper and lower case are the same. */
public final class Glob {

    private static final char ANY = '*';

    private Glob() {}

    /** Whether the whole text fits; takes time in proportion to both lengths at worst. */
    public static boolean matches(String pattern, String text) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        String given = text.toLowerCase(Locale.ROOT);
        int at = 0;
        int star = -1;
        int resume = 0;
        int place = 0;
        while (place < given.length()) {
            if (at < wanted.length() && wanted.charAt(at) == ANY) {
                star = at++;
                resume = place;
            } else if (at < wanted.length() && wanted.charAt(at) == given.charAt(place)) {
                at++;
                place++;
            } else if (star >= 0) {
                at = star + 1;
                place = ++resume;
            } else {
                return false;
            }
        }
        while (at < wanted.length() && wanted.charAt(at) == ANY) {
            at++;
        }
        return at == wanted.length();
    }
}
