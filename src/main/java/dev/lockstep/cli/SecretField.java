package dev.lockstep.cli;

/** One field of a credential's value, written {@code env/team/system/what#field}; the usual field is the password. */
record SecretField(String credential, String field) {

    private static final String USUAL = "password";

    static SecretField of(String text) {
        String[] parts = text.strip().split("#", 2);
        Addresses.credential(parts[0].strip());
        String field = parts.length == 1 ? USUAL : parts[1].strip();
        if (!field.matches("[A-Za-z0-9_.-]{1,100}")) {
            throw CliException.usage("A value is named env/team/system/what#field, for example"
                    + " prod/shop/postgres/orders-app#password.");
        }
        return new SecretField(parts[0].strip(), field);
    }
}
