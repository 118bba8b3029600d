package dev.lockstep.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds the failed logins that come from one address to this node. Behind one address there may be a whole company:
 * whoever has logged in from it a while ago still can, so that one person, or one program with an old password, locks
 * out nobody who works there.
 */
final class LoginRate {

    static final int MOST_ADDRESSES = 10_000;
    private static final int MOST_KNOWN = 20_000;

    /** How long somebody counts as known at an address. */
    private static final Duration KNOWN = Duration.ofDays(1);

    private final LoginRateRules rules;
    private final Clock clock;
    private final Map<String, Window> windows = bounded(MOST_ADDRESSES);
    private final Map<String, Instant> known = bounded(MOST_KNOWN);

    LoginRate(LoginRateRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** @throws TooManyLogins when there were too many, and the user is not known at the address */
    synchronized void check(String address, String user) {
        Instant now = clock.instant();
        Window window = windows.get(network(address));
        if (window == null || window.failures < rules.failures() || !now.isBefore(window.end)) {
            return;
        }
        Instant seen = known.get(key(address, user));
        if (seen == null || !now.isBefore(seen.plus(KNOWN))) {
            long millis = Duration.between(now, window.end).toMillis();
            throw new TooManyLogins(Duration.ofSeconds(Math.max(1, (millis + 999) / 1000)));
        }
    }

    /** Counts one. Returns until when the address has to wait, when this is the one that was too many. */
    synchronized Optional<Instant> failed(String address) {
        Instant now = clock.instant();
        Window window = windows.computeIfAbsent(network(address), unknown -> new Window());
        if (!now.isBefore(window.end)) {
            window.end = now.plus(rules.within());
            window.failures = 0;
        }
        window.failures++;
        return window.failures == rules.failures() ? Optional.of(window.end) : Optional.empty();
    }

    synchronized void succeeded(String address, String user) {
        known.put(key(address, user), clock.instant());
    }

    private static String key(String address, String user) {
        return network(address) + ' ' + user;
    }

    /** Whoever has one address of IPv6 has all that begin with the same 64 bits. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] groups = address.replaceFirst("%.*", "").split(":", -1);
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < Math.min(4, groups.length) && !(i > 0 && groups[i].isEmpty()); i++) {
            prefix.append(groups[i]).append(':');
        }
        return prefix.toString();
    }

    /** Forgets what was not used for the longest time. */
    private static <V> Map<String, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    private static final class Window {
        private Instant end = Instant.MIN;
        private int failures;
    }
}
