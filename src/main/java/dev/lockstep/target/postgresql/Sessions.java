package dev.lockstep.target.postgresql;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.outbound.GuardedSockets;
import dev.lockstep.outbound.OutboundRefused;
import dev.lockstep.port.SecretReferences;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Logs in. Accounts get a connection for each call; the administrator's is kept for a moment, because where thousands
 * of credentials are revoked at once the logins would cost more than what they are for.
 */
final class Sessions {

    /** Certificates are checked against the trust store of the Java platform. */
    private static final String PLATFORM_TRUST = "org.postgresql.ssl.DefaultJavaSSLFactory";

    /**
     * A server that asks for no password would accept any, and one that asks for plain text could keep it: neither
     * login says anything about the secret, so neither is made.
     */
    private static final String PASSWORD_CHECKS = "scram-sha-256,md5";

    private final EndpointSettings endpoint;
    private final SecretReferences references;
    private final OutboundRules outbound;
    private final KeptConnections kept = new KeptConnections();

    Sessions(EndpointSettings endpoint, SecretReferences references, OutboundRules outbound) {
        this.endpoint = endpoint;
        this.references = references;
        this.outbound = outbound;
    }

    /** As the administrator, with a login of now. */
    Session freshAdmin() throws SQLException {
        Deadline deadline = Deadline.in(endpoint.budget());
        return new Session(adminLogin(endpoint.database(), deadline), deadline);
    }

    /** As the administrator in one of several databases that one call has to do with. */
    Session admin(String database, Deadline deadline) throws SQLException {
        if (!database.equals(endpoint.database())) {
            return new Session(adminLogin(database, deadline), deadline);
        }
        Optional<Connection> idle = kept.take(deadline);
        return new Session(idle.isPresent() ? idle.get() : adminLogin(database, deadline), deadline, kept::keep);
    }

    /**
     * The password is looked up now. That of a managed administrator may be about to change: what was refused is tried
     * with the next version that it may have.
     */
    private Connection adminLogin(String database, Deadline deadline) throws SQLException {
        PGSimpleDataSource source = source(database);
        source.setOptions(timeouts() + " -c search_path=pg_catalog -c client_min_messages=error");
        SQLException refused = null;
        for (Supplier<Optional<SecretValue>> candidate : references.candidates(endpoint.password())) {
            Optional<SecretValue> found = candidate.get();
            if (found.isPresent() && (refused == null || !deadline.isOver())) {
                source.setProperty(PGProperty.LOGIN_TIMEOUT, seconds(Duration.ofMillis(deadline.remainingMillis())));
                try (SecretValue password = found.get()) {
                    return open(source, endpoint.admin(), password);
                } catch (SQLException e) {
                    if (Answer.of(e) != Answer.LOGIN_REFUSED) {
                        throw e;
                    }
                    refused = refused == null ? e : refused;
                }
            }
        }
        if (refused == null) {
            throw new RetryableException(
                    FailureCode.REFERENCE_UNUSABLE, endpoint + ": no store holds the administrator's password");
        }
        throw refused;
    }

    /** As an account, to find out whether its secret works. */
    Session login(String principal, SecretValue secret, String database) throws SQLException {
        PGSimpleDataSource source = source(database);
        source.setOptions(timeouts() + " -c default_transaction_read_only=on");
        source.setProperty(PGProperty.REQUIRE_AUTH, PASSWORD_CHECKS);
        return new Session(open(source, Quoting.checked(principal), secret), Deadline.in(endpoint.budget()));
    }

    private Connection open(PGSimpleDataSource source, String user, SecretValue secret) throws SQLException {
        String password = secret.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
        try {
            return source.getConnection(user, password);
        } catch (SQLException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new RetryableException(FailureCode.TARGET_BUSY, endpoint + ": the login was interrupted");
            }
            OutboundRefused refused = OutboundRefused.in(e);
            if (refused != null) {
                throw new PermanentException(FailureCode.MISCONFIGURED, endpoint + ": " + refused.getMessage());
            }
            throw e;
        }
    }

    /** Everything but user and password; each parameter spares a round trip or bounds a wait. */
    PGSimpleDataSource source(String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        String host = endpoint.host();
        source.setServerNames(new String[] {host.indexOf(':') < 0 ? host : '[' + host + ']'});
        source.setPortNumbers(new int[] {endpoint.port()});
        source.setDatabaseName(database);
        source.setProperty(PGProperty.SOCKET_FACTORY, GuardedSockets.class.getName());
        source.setProperty(PGProperty.SOCKET_FACTORY_ARG, outbound.text());
        source.setApplicationName("lockstep");
        source.setAssumeMinServerVersion("12");
        source.setPreparedStatementCacheQueries(0);
        source.setProperty(PGProperty.GSS_ENC_MODE, "disable");
        source.setProperty(PGProperty.PREFER_QUERY_MODE, "extended");
        source.setConnectTimeout(wholeSeconds(endpoint.connectTimeout()));
        source.setSocketTimeout(wholeSeconds(endpoint.budget()));
        source.setProperty(PGProperty.LOGIN_TIMEOUT, seconds(endpoint.budget()));
        source.setProperty(
                PGProperty.SSL_RESPONSE_TIMEOUT,
                Long.toString(endpoint.connectTimeout().toMillis()));
        tls(source);
        return source;
    }

    private void tls(PGSimpleDataSource source) {
        source.setSslMode(endpoint.sslmode());
        endpoint.sslrootcert()
                .ifPresentOrElse(file -> source.setSslRootCert(file.toString()), () -> platformTrust(source));
    }

    private void platformTrust(PGSimpleDataSource source) {
        if (endpoint.sslmode().startsWith("verify")) {
            source.setSslfactory(PLATFORM_TRUST);
        }
    }

    /**
     * The server's own limits come first, because after them it is known that nothing happened; a transaction whose
     * client has been cut off is undone before the next try, which would wait for its locks.
     */
    private String timeouts() {
        long call = endpoint.callTimeout().toMillis();
        return "-c statement_timeout=" + call + " -c lock_timeout=" + call / 2
                + " -c idle_in_transaction_session_timeout=" + call;
    }

    private static int wholeSeconds(Duration duration) {
        return Math.toIntExact(duration.plusMillis(999).toSeconds());
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).toPlainString();
    }
}
