package dev.lockstep.domain;

/** Points at one stored version of a credential. Safe to log and to keep as a process variable. */
public record SecretRef(CredentialName credential, int version) {
    public SecretRef {
        if (version < 1) {
            throw new IllegalArgumentException("version starts at 1, got " + version);
        }
    }

    @Override
    public String toString() {
        return credential + "@" + version;
    }
}
