package dev.lockstep.notify.email;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.outbound.GuardedSockets;
import dev.lockstep.outbound.OutboundRefused;
import dev.lockstep.port.Channel;
import dev.lockstep.port.SecretReferences;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Properties;

/** Sends notices through one SMTP server. */
final class EmailChannel implements Channel {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final EmailSettings settings;
    private final SecretReferences references;
    private final OutboundRules outbound;

    EmailChannel(EmailSettings settings, SecretReferences references, OutboundRules outbound) {
        this.settings = settings;
        this.references = references;
        this.outbound = outbound;
    }

    @Override
    public void send(String id, Notice notice, Instant toldAt) {
        check();
        Properties properties = settings.properties();
        properties.put("mail.smtp.socketFactory", new GuardedSockets(outbound));
        properties.put("mail.smtp.socketFactory.fallback", "false");
        Session session = Session.getInstance(properties);
        try (Transport transport = session.getTransport("smtp")) {
            connect(transport);
            MimeMessage mail = mail(session, id, notice, toldAt);
            transport.sendMessage(mail, settings.to().toArray(Address[]::new));
        } catch (MessagingException failure) {
            OutboundRefused refused = OutboundRefused.in(failure);
            if (refused != null) {
                throw refused(refused);
            }
            throw new RetryableException(
                    FailureCode.CHANNEL_UNAVAILABLE,
                    settings + " did not take the mail (" + failure.getClass().getSimpleName()
                            + "); check that the server runs, its certificate and the login");
        }
    }

    /**
     * A connection that is encrypted from the first byte is made by a factory of its own, so it is looked at before.
     */
    private void check() {
        try {
            OutboundRefused.check(outbound, settings.host(), InetAddress.getAllByName(settings.host()));
        } catch (OutboundRefused refused) {
            throw refused(refused);
        } catch (UnknownHostException unknown) {
            throw new RetryableException(
                    FailureCode.CHANNEL_UNAVAILABLE, settings + " has a host that is not known; check its name");
        }
    }

    private PermanentException refused(OutboundRefused refused) {
        return new PermanentException(FailureCode.MISCONFIGURED, settings + ": " + refused.getMessage());
    }

    private void connect(Transport transport) throws MessagingException {
        if (settings.user().isEmpty()) {
            transport.connect();
            return;
        }
        try (SecretValue password = references.resolve(settings.password())) {
            String text = password.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
            transport.connect(settings.host(), settings.port(), settings.user().get(), text);
        }
    }

    private MimeMessage mail(Session session, String id, Notice notice, Instant toldAt) throws MessagingException {
        MimeMessage mail = new SameId(session, id);
        mail.setFrom(settings.from());
        mail.setRecipients(Message.RecipientType.TO, settings.to().toArray(Address[]::new));
        mail.setSubject("[" + notice.severity().toUpperCase(Locale.ROOT) + "] " + notice.subject(), UTF_8);
        mail.setSentDate(Date.from(toldAt));
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setText(text(notice), UTF_8);
        mail.saveChanges();
        return mail;
    }

    private static String text(Notice notice) {
        String link = notice.link().isEmpty() ? "" : "\n\n" + notice.link();
        return notice.text() + link + "\n\n-- \n" + notice.kind() + ", for " + notice.group() + '\n';
    }

    /** A mail that is sent again has the same id, so that mail programs show it once. */
    private static final class SameId extends MimeMessage {

        private final String id;

        SameId(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + "@lockstep>");
        }
    }
}
