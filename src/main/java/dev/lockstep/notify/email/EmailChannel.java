package dev.lockstep.notify.email;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Channel;
import dev.lockstep.port.SecretReferences;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;

/** Sends notices through one SMTP server. */
final class EmailChannel implements Channel {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final EmailSettings settings;
    private final SecretReferences references;

    EmailChannel(EmailSettings settings, SecretReferences references) {
        this.settings = settings;
        this.references = references;
    }

    @Override
    public void send(String id, Notice notice, Instant toldAt) {
        Session session = Session.getInstance(settings.properties());
        try (Transport transport = session.getTransport("smtp")) {
            connect(transport);
            MimeMessage mail = mail(session, id, notice, toldAt);
            transport.sendMessage(mail, settings.to().toArray(Address[]::new));
        } catch (MessagingException failure) {
            throw new RetryableException(
                    FailureCode.CHANNEL_UNAVAILABLE,
                    settings + " did not take the mail (" + failure.getClass().getSimpleName()
                            + "); check that the server runs, its certificate and the login");
        }
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
