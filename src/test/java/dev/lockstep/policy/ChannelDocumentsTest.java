package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.domain.Notice;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of the kind {@code Channel}, and which notices they take. */
class ChannelDocumentsTest {

    private static final String MAIL = """
            kind: Channel
            name: oncall
            type: email
            groups: [operators]
            severity: high
            settings: {host: smtp.example.org, from: lockstep@example.org, to: oncall@example.org}
            """;

    private static final String HOOK = """
            kind: Channel
            name: chat
            type: webhook
            settings: {url: "https://hooks.example.org/x", secret: "${env:HOOK_SECRET}"}
            """;

    @TempDir
    Path root;

    private ConfigDir directory;

    @BeforeEach
    void others() {
        directory = Samples.all(new ConfigDir(root));
    }

    @Test
    void a_notice_leaves_by_the_channels_of_its_group_and_severity() {
        Snapshot snapshot = directory
                .file("channels/mail.yaml", MAIL)
                .file("channels/hook.yaml", HOOK)
                .load();
        ConfiguredChannels channels = new ConfiguredChannels(ConfigDir.CHANNELS, snapshot::channels);

        assertThat(channels.of(notice("operators", "critical"))).containsExactly("chat", "oncall");
        assertThat(channels.of(notice("operators", "high"))).containsExactly("chat", "oncall");
        assertThat(channels.of(notice("operators", "medium"))).containsExactly("chat");
        assertThat(channels.of(notice("security", "critical"))).containsExactly("chat");
        assertThat(channels.of(notice("operators", "never heard of")))
                .as("an unknown severity is taken for the highest")
                .containsExactly("chat", "oncall");
    }

    @Test
    void a_channel_is_opened_once_as_long_as_it_does_not_change() {
        Snapshot snapshot = directory.file("channels/hook.yaml", HOOK).load();
        ConfiguredChannels channels = new ConfiguredChannels(ConfigDir.CHANNELS, snapshot::channels);

        assertThat(channels.channel("chat")).isSameAs(channels.channel("chat"));
    }

    @Test
    void each_error_names_line_and_field() {
        directory.file(
                "channels/wrong.yaml",
                MAIL.replace("high", "urgent").replace("from: ", "fron: ").replace("[operators]", "[op erators]"));

        assertThat(directory.errors())
                .extracting(ConfigurationError::line, ConfigurationError::field, ConfigurationError::problem)
                .containsExactly(
                        tuple(4, "groups[0]", "'op erators' is not accepted"),
                        tuple(5, "severity", "'urgent' is not accepted"),
                        tuple(6, "settings.from", "is missing"),
                        tuple(6, "settings.fron", "is unknown"));
    }

    @Test
    void what_the_adapter_refuses_is_told_at_the_setting() {
        directory.file("channels/wrong.yaml", HOOK.replace("https:", "http:"));

        assertThat(directory.error().toString())
                .contains("wrong.yaml:4:")
                .contains("settings.url")
                .contains("https://");
    }

    @Test
    void a_secret_does_not_stand_in_the_file() {
        directory.file("channels/wrong.yaml", HOOK.replace("\"${env:HOOK_SECRET}\"", "whsec_written_out"));

        assertThat(directory.error().problem()).isEqualTo("a secret must not stand in a file");
    }

    @Test
    void a_password_needs_a_user() {
        directory.file("channels/wrong.yaml", MAIL.replace("to: ", "password: \"${env:X}\", to: "));

        assertThat(directory.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.problem()).isEqualTo("does not work without user"));
    }

    private static final String PODS = """
            kind: Channel
            name: web-pods
            type: kubernetes
            consumer: web
            settings:
              api: https://kubernetes.default.svc
              namespace: shop
              deployment: web
              token: ${file:/run/token}
            """;

    @Test
    void a_channel_of_a_consumer_takes_what_is_for_it_and_nothing_that_is_for_people() {
        Snapshot snapshot = directory
                .file("channels/mail.yaml", MAIL)
                .file("channels/hook.yaml", HOOK + "consumer: web\n")
                .file("channels/pods.yaml", PODS)
                .load();
        ConfiguredChannels channels = new ConfiguredChannels(ConfigDir.CHANNELS, snapshot::channels);

        assertThat(channels.of(notice("operators", "critical"))).containsExactly("oncall");
        assertThat(channels.of(notice("web", "critical"))).isEmpty();
        assertThat(channels.ofConsumer("web")).containsExactly("chat", "web-pods");
        assertThat(channels.ofConsumer("worker")).isEmpty();
        assertThat(channels.anyConsumer()).isTrue();
        assertThat(new ConfiguredChannels(ConfigDir.CHANNELS, TreeMap::new).anyConsumer())
                .isFalse();
    }

    @Test
    void what_is_for_people_and_what_is_for_a_consumer_is_not_mixed() {
        directory.file("channels/wrong.yaml", MAIL + "consumer: web\n");
        assertThat(directory.errors())
                .extracting(ConfigurationError::line, ConfigurationError::field, ConfigurationError::problem)
                .containsExactly(
                        tuple(4, "groups", "is for people, and this channel is for a consumer"),
                        tuple(5, "severity", "is for people, and this channel is for a consumer"));

        directory.file("channels/wrong.yaml", PODS.replace("consumer: web\n", ""));
        assertThat(directory.error().toString()).contains("consumer", "is missing", "whose pods are restarted");
    }

    @Test
    void a_workload_has_one_name_and_its_token_does_not_stand_in_the_file() {
        directory.file("channels/wrong.yaml", PODS.replace("  deployment: web\n", ""));
        assertThat(directory.error().toString()).contains("settings.deployment", "name one of");

        directory.file("channels/wrong.yaml", PODS.replace("${file:/run/token}", "eyJhbGciOi"));
        assertThat(directory.error().problem()).isEqualTo("a secret must not stand in a file");
    }

    private static Notice notice(String group, String severity) {
        return new Notice("task.open", severity, group, "Subject", "Text", "");
    }
}
