package dev.lockstep.notify.email;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.outbound.Trust;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where mails go and who gets them.
 *
 * @param password a reference, looked up for each mail; empty without login
 */
record EmailSettings(
        String name,
        String host,
        int port,
        Security security,
        Optional<Path> certificates,
        Optional<String> user,
        String password,
        InternetAddress from,
        List<InternetAddress> to) {

    private static final String CONNECT_MILLIS = "5000";
    private static final String CALL_MILLIS = "10000";

    /** How the connection is kept private. */
    enum Security {
        STARTTLS,
        TLS,
        NONE
    }

    static EmailSettings of(Endpoint endpoint) {
        Map<String, String> settings = endpoint.settings();
        Security security = security(settings.getOrDefault("security", "starttls"));
        return new EmailSettings(
                endpoint.name(),
                required(settings, "host"),
                port(settings.getOrDefault("port", security == Security.TLS ? "465" : "587")),
                security,
                Optional.ofNullable(settings.get("certificates")).map(EmailSettings::readable),
                Optional.ofNullable(settings.get("user")),
                settings.getOrDefault("password", ""),
                addresses("from", required(settings, "from")).get(0),
                addresses("to", required(settings, "to")));
    }

    /** What the mail library has to keep to; a certificate must name the server. */
    Properties properties() {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", host);
        properties.put("mail.smtp.port", Integer.toString(port));
        properties.put("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        properties.put("mail.smtp.timeout", CALL_MILLIS);
        properties.put("mail.smtp.writetimeout", CALL_MILLIS);
        properties.put("mail.smtp.auth", Boolean.toString(user.isPresent()));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(security == Security.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(security == Security.STARTTLS));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(security == Security.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        certificates.ifPresent(file ->
                properties.put("mail.smtp.ssl.socketFactory", Trust.in(file).getSocketFactory()));
        return properties;
    }

    private static String required(Map<String, String> settings, String field) {
        String value = settings.getOrDefault(field, "");
        if (value.isBlank()) {
            throw new InvalidInput(field, "a channel of type email needs " + field);
        }
        return value;
    }

    private static Security security(String value) {
        for (Security known : Security.values()) {
            if (known.name().equalsIgnoreCase(value)) {
                return known;
            }
        }
        throw new InvalidInput("security", "security is starttls, tls or none");
    }

    private static int port(String value) {
        if (value.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(value);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        }
        throw new InvalidInput("port", "port is a number from 1 to 65535");
    }

    private static Path readable(String value) {
        try {
            Path file = Path.of(value);
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new InvalidInput("certificates", "certificates is the path of a file with certificates");
        }
        throw new InvalidInput("certificates", "certificates names no readable file");
    }

    private static List<InternetAddress> addresses(String field, String value) {
        try {
            InternetAddress[] addresses = InternetAddress.parse(value, true);
            if (addresses.length > 0) {
                return List.of(addresses);
            }
        } catch (AddressException e) {
            throw new InvalidInput(field, field + " holds what is no mail address");
        }
        throw new InvalidInput(field, field + " holds no mail address");
    }

    /** Without the password setting, which may hold a value instead of a reference. */
    @Override
    public String toString() {
        return "channel " + name + " (" + host + ':' + port + ')';
    }
}
