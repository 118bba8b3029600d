package dev.lockstep.audit;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** OpenTelemetry log records over HTTP; a batch has arrived when the collector says so. */
final class OtlpSink implements StreamSink {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LogRecordExporter exporter;
    private final List<LogRecordData> batch = new ArrayList<>();
    private final Logger logger;

    /** @param address for example {@code http://collector:4318/v1/logs} */
    OtlpSink(String address, String host) {
        this.exporter = OtlpHttpLogRecordExporter.builder()
                .setEndpoint(address)
                .setTimeout(PATIENCE)
                .build();
        Resource resource = Resource.getDefault().toBuilder()
                .put("service.name", "lockstep")
                .put("host.name", host)
                .build();
        this.logger = SdkLoggerProvider.builder()
                .setResource(resource)
                .addLogRecordProcessor((context, record) -> batch.add(record.toLogRecordData()))
                .build()
                .get("dev.lockstep.audit");
    }

    @Override
    public void send(List<StreamedEntry> entries) throws IOException {
        batch.clear();
        entries.forEach(this::emit);
        CompletableResultCode result =
                exporter.export(List.copyOf(batch)).join(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!result.isSuccess()) {
            throw new IOException("the collector did not take the records");
        }
    }

    private void emit(StreamedEntry entry) {
        StoredEvent event = entry.event();
        logger.logRecordBuilder()
                .setTimestamp(event.recordedAt())
                .setSeverity(Severity.INFO)
                .setBody(entry.json())
                .setAttribute(AttributeKey.longKey("lockstep.audit.position"), entry.position())
                .setAttribute(AttributeKey.stringKey("lockstep.audit.action"), event.action())
                .setAttribute(AttributeKey.stringKey("lockstep.audit.actor"), event.actor())
                .setAttribute(AttributeKey.stringKey("lockstep.audit.subject"), event.subject())
                .emit();
    }
}
