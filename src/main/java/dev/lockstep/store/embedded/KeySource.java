package dev.lockstep.store.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the key-encryption keys come from: the properties, or else the file. They are read anew each time, so that a
 * key that is taken away, or comes back, is noticed without a restart.
 */
final class KeySource {

    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

    private final String current;
    private final String previous;
    private final KeyFile file;
    private final boolean generate;

    /**
     * @param current the current key; blank when the file has it
     * @param previous older keys, separated by commas or white space; may be blank
     * @param generate whether a missing file is made at first start
     */
    KeySource(String current, String previous, KeyFile file, boolean generate) {
        this.current = current;
        this.previous = previous;
        this.file = file;
        this.generate = generate;
    }

    /** @throws KeyRefused when there is no usable key */
    KeyRing load() {
        if (missing()) {
            throw new KeyRefused("There is no key-encryption key: set LOCKSTEP_KEK to 32 bytes in base64"
                    + " (\"openssl rand -base64 32\" makes them), or put them into the file " + file
                    + " with mode 0600.");
        }
        List<KeyEncryptionKey> keys = new ArrayList<>();
        if (current.isBlank()) {
            keys.addAll(file.read());
        } else {
            keys.add(KeyEncryptionKey.parse(current, "LOCKSTEP_KEK"));
        }
        SEPARATOR
                .splitAsStream(previous)
                .filter(text -> !text.isEmpty())
                .map(text -> KeyEncryptionKey.parse(text, "LOCKSTEP_KEK_PREVIOUS"))
                .forEach(keys::add);
        return new KeyRing(keys);
    }

    /**
     * Like {@link #load()}, but makes the key file at the very first start where that is allowed.
     *
     * @param keysetsStored whether the database already needs a key, which a new one could not replace
     */
    KeyRing loadAtStart(boolean keysetsStored) {
        if (missing() && keysetsStored) {
            throw new KeyRefused("The key-encryption key is gone, and the database can only be opened with it: bring"
                    + " back LOCKSTEP_KEK or the file " + file + "; a new key would not do.");
        }
        if (missing() && generate) {
            file.create();
        }
        return load();
    }

    private boolean missing() {
        return current.isBlank() && !file.exists();
    }
}
