package dev.lockstep.signal.webhook;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.outbound.OutboundHttp;
import dev.lockstep.outbound.WebAddress;
import dev.lockstep.port.ReportAdapter;
import dev.lockstep.port.ReportReader;
import dev.lockstep.port.SecretReferences;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The types of sources that there are. */
public final class WebhookTypes {

    private static final String KEYS = "https://api.github.com/meta/public_keys/secret_scanning";
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,63}");

    private final SecretReferences references;
    private final OutboundRules outbound;
    private final OutboundHttp http;
    private final Clock clock;

    public WebhookTypes(SecretReferences references, OutboundRules outbound, OutboundHttp http, Clock clock) {
        this.references = references;
        this.outbound = outbound;
        this.http = http;
        this.clock = clock;
    }

    /** All of them. */
    public List<ReportAdapter> all() {
        return List.of(partner(), alerts(), gitGuardian(), guardDuty(), standard());
    }

    /** GitHub's secret scanning partner program. */
    ReportAdapter partner() {
        return new WebhookReports("github-partner", this::partner);
    }

    /** GitHub's secret scanning alerts. */
    ReportAdapter alerts() {
        return new WebhookReports("github-alerts", source -> new AlertReports(secret(source)));
    }

    /** GitGuardian's custom webhook. */
    ReportAdapter gitGuardian() {
        return new WebhookReports("gitguardian", source -> new GitGuardianReports(secret(source), clock));
    }

    /** AWS GuardDuty through an API destination of EventBridge. */
    ReportAdapter guardDuty() {
        return new WebhookReports("guardduty", this::guardDuty);
    }

    /** Anybody who follows Standard Webhooks 1.0. */
    ReportAdapter standard() {
        return new WebhookReports("standard-webhooks", source -> new StandardReports(secret(source), clock));
    }

    private SharedSecret secret(Endpoint source) {
        return SharedSecret.of(source, references);
    }

    private ReportReader partner(Endpoint source) {
        WebAddress keys = WebAddress.of("keys", source.settings().getOrDefault("keys", KEYS), outbound);
        boolean feedback = Boolean.parseBoolean(source.settings().getOrDefault("feedback", "false"));
        return new PartnerReports(new KeyRing(keys.uri(), http, clock), feedback);
    }

    private ReportReader guardDuty(Endpoint source) {
        String header = source.settings().getOrDefault("header", "x-api-key");
        if (!HEADER.matcher(header).matches()) {
            throw new InvalidInput("header", "header is the name of a header: letters, digits and '-'");
        }
        return new GuardDutyReports(header.toLowerCase(Locale.ROOT), secret(source));
    }
}
