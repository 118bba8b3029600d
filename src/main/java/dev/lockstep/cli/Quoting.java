package dev.lockstep.cli;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** How a value is written so that the reader of a file gets exactly that value. */
enum Quoting {
    /** As it is. */
    RAW {
        @Override
        String apply(String value) {
            return value;
        }
    },
    /** A JSON string with its quotes, which YAML reads too. */
    JSON {
        @Override
        String apply(String value) {
            return Json.compact(Json.object().textNode(value));
        }
    },
    /** One word of a POSIX shell; plain when every dialect of env files reads it plain. */
    SHELL {
        @Override
        String apply(String value) {
            return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
        }
    },
    /** The value of a Java property. */
    PROPERTIES {
        @Override
        String apply(String value) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if ((c == ' ' && i == 0) || "\\=:#!".indexOf(c) >= 0) {
                    text.append('\\').append(c);
                } else if (c < 0x20 || c > 0x7e) {
                    text.append("\\u%04x".formatted((int) c));
                } else {
                    text.append(c);
                }
            }
            return text.toString();
        }
    },
    /** One part of an address, such as a password in a connection string. */
    URL {
        @Override
        String apply(String value) {
            return Addresses.encoded(value);
        }
    },
    /** Base 64 of its UTF-8. */
    BASE64 {
        @Override
        String apply(String value) {
            return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        }
    };

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]+");

    abstract String apply(String value);

    static Quoting of(String name) {
        for (Quoting each : values()) {
            if (each.name().equalsIgnoreCase(name)) {
                return each;
            }
        }
        throw CliException.usage("A value is written raw, json, shell, properties, url or base64.");
    }
}
