package dev.lockstep.domain;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program that reads secrets: how it proves who it is, and what it may read.
 *
 * @param name its role when it logs in
 * @param consumer the consumer that it is, in the credentials that it reads
 * @param login how it proves who it is
 * @param reads what it may read
 * @param tokens what it gets for a login
 * @param schemas the version of the schema that it reads when it asks for none, by class of credential; a class that is
 *     missing is read in the usual version of its schema
 */
public record Identity(
        String name, String consumer, Login login, Reads reads, Tokens tokens, Map<String, SchemaVersion> schemas) {
    public Identity {
        schemas = Map.copyOf(schemas);
    }

    /** How a program proves who it is. */
    public sealed interface Login permits AppRole, Jwt, TokenReview {

        /** The path of its login, for example {@code approle}. */
        String method();
    }

    /**
     * By a secret that was handed to it.
     *
     * @param secretLife how long such a secret is valid when nobody says otherwise
     */
    public record AppRole(Duration secretLife) implements Login {

        @Override
        public String method() {
            return "approle";
        }
    }

    /**
     * By a token that somebody else has signed.
     *
     * @param method {@code jwt} or {@code kubernetes}
     * @param keys where the keys are that it is signed with: an address or a file
     * @param issuer who must have issued it; empty for anybody who has one of the keys
     * @param audience whom it must be meant for
     * @param claims further claims that it must have
     */
    public record Jwt(String method, String keys, Optional<String> issuer, String audience, Map<String, String> claims)
            implements Login {
        public Jwt {
            claims = Map.copyOf(claims);
        }
    }

    /**
     * By the token of a service account, which the API server of its cluster is asked about.
     *
     * @param api its address, without a slash at its end
     * @param token a reference to what Lockstep logs in with there
     * @param certificates a file with the certificates to trust; empty for those of the platform
     * @param audience whom the token must be meant for
     * @param account whose it must be, as the API server calls it
     */
    public record TokenReview(String api, String token, Optional<String> certificates, String audience, String account)
            implements Login {

        @Override
        public String method() {
            return "kubernetes";
        }
    }

    /**
     * Which credentials may be read: those that fit a pattern and have the labels; whatever is empty fits.
     *
     * @param credentials names, in which {@code *} stands for any one segment; each has as many slashes as a name
     * @param labels all of which a credential must have
     */
    public record Reads(List<String> credentials, Map<String, String> labels) {
        public Reads {
            credentials = List.copyOf(credentials);
            labels = Map.copyOf(labels);
        }

        /** Whether the credential may be read. */
        public boolean allow(Credential credential) {
            return (credentials.isEmpty()
                            || credentials.stream()
                                    .anyMatch(each ->
                                            Glob.matches(each, credential.name().value())))
                    && credential.labels().entrySet().containsAll(labels.entrySet());
        }
    }

    /**
     * What a program gets for a login.
     *
     * @param life how long a token is valid without being renewed
     * @param longest how long it is valid however often it is renewed
     * @param networks from where it may be used; empty for everywhere
     */
    public record Tokens(Duration life, Duration longest, List<Network> networks) {
        public Tokens {
            networks = List.copyOf(networks);
        }
    }
}
