package dev.lockstep.crash;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every secret of the trials, and the search for them where no secret may be. */
final class Secrets extends AppenderBase<ILoggingEvent> {

    private static final int WINDOW = 24;
    private static final Pattern BYTES = Pattern.compile("x((?:[0-9a-f]{2}){8,})");

    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();

    /** Listens to everything that is logged from now on. */
    static Secrets listening() {
        Secrets secrets = new Secrets();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ((Logger) LoggerFactory.getLogger("dev.lockstep")).setLevel(Level.DEBUG);
        secrets.setContext(root.getLoggerContext());
        secrets.start();
        root.addAppender(secrets);
        return secrets;
    }

    @Override
    protected void append(ILoggingEvent event) {
        logged.add(event.getFormattedMessage()
                + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }

    /** Remembers the secrets of a trial. */
    void of(Trial trial, Node node) {
        node.crossings().observe(() -> {
            for (Trial.Known version : trial.versions()) {
                node.bean(SecretStores.class)
                        .store("main")
                        .read(new SecretRef(trial.name(), version.version()))
                        .ifPresent(value -> remember(value, trial.name().value()));
            }
            return trial;
        });
    }

    /** @param owner whose secret it is */
    void remember(SecretValue value, String owner) {
        String text = value.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
        owners.put(text.substring(0, WINDOW), owner);
    }

    /** Where secrets of the trials stand in clear text: in any table, or in what was logged. */
    List<String> found(JdbcClient sql) {
        List<String> found = new ArrayList<>();
        logged.forEach(line -> found.addAll(in(line, "the log")));
        for (String table : tables(sql)) {
            sql.sql("SELECT t::text FROM " + table + " t")
                    .query(String.class)
                    .list()
                    .forEach(row -> found.addAll(in(row, table)));
        }
        return found;
    }

    /** Reads what another process has logged. */
    void heard(Path log) throws IOException {
        logged.addAll(Files.readAllLines(log));
    }

    void stopListening() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(this);
    }

    private static List<String> tables(JdbcClient sql) {
        return sql.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
                .query(String.class)
                .list();
    }

    /** The secrets in a text, as they are and as the bytes that it prints in hexadecimal. */
    List<String> in(String text, String where) {
        List<String> found = new ArrayList<>();
        find(text, where, found);
        Matcher bytes = BYTES.matcher(text);
        while (bytes.find()) {
            byte[] decoded = HexFormat.of().parseHex(bytes.group(1));
            find(new String(decoded, StandardCharsets.ISO_8859_1), where, found);
        }
        return found;
    }

    private void find(String text, String where, List<String> found) {
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = isOfSecret(text.charAt(i)) ? run + 1 : 0;
            String owner = run < WINDOW ? null : owners.get(text.substring(i + 1 - WINDOW, i + 1));
            if (owner != null) {
                found.add("a secret of " + owner + " stands in " + where);
            }
        }
    }

    private static boolean isOfSecret(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '/';
    }
}
