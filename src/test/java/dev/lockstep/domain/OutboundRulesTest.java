package dev.lockstep.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundRulesTest {

    private static final OutboundRules NOTHING_SAID = OutboundRules.STANDARD;

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "0.0.0.0",
                "0.1.2.3",
                "::",
                "169.254.169.254",
                "fe80::1",
                "fd00:ec2::254",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "224.0.0.1",
                "ff02::1",
                "255.255.255.255"
            })
    void addresses_of_this_machine_of_its_link_and_of_metadata_services_are_refused(String address)
            throws UnknownHostException {
        assertThat(NOTHING_SAID.objection(address(address)))
                .hasValueSatisfying(why -> assertThat(why).contains("lockstep.outbound.allow"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.1.2.3", "192.168.0.7", "172.16.0.1", "203.0.113.5", "2001:db8::1", "fd00::5", "128.0.0.1"})
    void addresses_of_other_machines_are_not(String address) throws UnknownHostException {
        assertThat(NOTHING_SAID.objection(address(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "localhost.",
                "db.localhost",
                "127.0.0.1",
                "[::1]",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "999.1.1.1",
                "169.254.169.254",
                "[::ffff:169.254.169.254]"
            })
    void hosts_that_say_it_already_are_refused_without_a_look_up(String host) {
        assertThat(NOTHING_SAID.objectionToHost(host)).isPresent();
    }

    @Test
    void names_are_looked_up_later() {
        assertThat(NOTHING_SAID.objectionToHost("db.example.invalid")).isEmpty();
    }

    @Test
    void what_is_allowed_by_name_is_allowed_and_nothing_beside_it() throws UnknownHostException {
        OutboundRules rules = OutboundRules.of(List.of("127.0.0.0/8", "169.254.1.2"), List.of());

        assertThat(rules.objection(address("127.0.0.5"))).isEmpty();
        assertThat(rules.objection(address("::ffff:127.0.0.1"))).isEmpty();
        assertThat(rules.objection(address("169.254.1.2"))).isEmpty();
        assertThat(rules.objection(address("169.254.1.3"))).isPresent();
        assertThat(rules.objection(address("::1"))).isPresent();
        assertThat(rules.objectionToHost("localhost")).isEmpty();
    }

    @Test
    void only_means_that_nothing_else_may_be_reached() throws UnknownHostException {
        OutboundRules rules = OutboundRules.of(List.of("loopback"), List.of("10.20.0.0/16", "2001:db8::/33"));

        assertThat(rules.objection(address("10.20.255.1"))).isEmpty();
        assertThat(rules.objection(address("127.0.0.1"))).isEmpty();
        assertThat(rules.objection(address("2001:db8:7fff::1"))).isEmpty();
        assertThat(rules.objection(address("2001:db8:8000::1")))
                .hasValueSatisfying(why -> assertThat(why).contains("lockstep.outbound.only"));
        assertThat(rules.objection(address("10.21.0.1"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/33",
                "10.0.0/8",
                "::1/129",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "300.1.1.1",
                "*"
            })
    void what_is_no_network_is_refused(String text) {
        assertThatThrownBy(() -> OutboundRules.of(List.of(text), List.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("10.0.0.0/8");
    }

    @Test
    void rules_survive_being_written() {
        OutboundRules rules = OutboundRules.of(List.of("loopback", "10.0.0.0/8"), List.of("fd00::/8"));

        assertThat(OutboundRules.parse(rules.text())).isEqualTo(rules);
        assertThat(OutboundRules.parse(NOTHING_SAID.text())).isEqualTo(NOTHING_SAID);
    }
}
