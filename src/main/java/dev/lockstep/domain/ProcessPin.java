package dev.lockstep.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that a policy wants instead of the shipped one, for example {@code rotation@1.2} or {@code my-rotation}.
 *
 * @param process id of the process in its model
 * @param versionTag only this version; empty for the newest one
 */
public record ProcessPin(String process, Optional<String> versionTag) {

    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}";
    private static final Pattern PIN = Pattern.compile("(" + NAME + ")(?:@(" + NAME + "))?");

    /** Reads the written form; throws {@link InvalidInput} for anything else. */
    public static ProcessPin parse(String text) {
        Matcher pin = PIN.matcher(text);
        if (!pin.matches()) {
            throw new InvalidInput(
                    "process",
                    "a process is pinned as process@version-tag or process, for example rotation@1.2 or my-rotation");
        }
        return new ProcessPin(pin.group(1), Optional.ofNullable(pin.group(2)));
    }

    @Override
    public String toString() {
        return process + versionTag.map(tag -> '@' + tag).orElse("");
    }
}
