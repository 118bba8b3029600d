package dev.lockstep.cli;

import java.util.regex.Pattern;

/**
 * One field of a credential's value, written {@code env/team/system/what#field}, or
 * {@code env/team/system/what@v2#field} in a version of its schema; the usual field is the password.
 *
 * @param credential with the version of the schema, if one is named
 */
record SecretField(String credential, String field) {

    private static final String USUAL = "password";
    private static final Pattern SCHEMA = Pattern.compile("@v[1-9][0-9]{0,3}$");

    static SecretField of(String text) {
        String[] parts = text.strip().split("#", 2);
        Addresses.credential(SCHEMA.matcher(parts[0].strip()).replaceFirst(""));
        String field = parts.length == 1 ? USUAL : parts[1].strip();
        if (!field.matches("[A-Za-z0-9_.-]{1,100}")) {
            throw CliException.usage("A value is named env/team/system/what#field, for example"
                    + " prod/shop/postgres/orders-app#password.");
        }
        return new SecretField(parts[0].strip(), field);
    }
}
