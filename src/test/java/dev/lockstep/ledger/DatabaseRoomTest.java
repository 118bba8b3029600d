package dev.lockstep.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatabaseRoomTest {

    @Test
    void room_for_two_nodes_needs_no_advice() {
        assertThat(DatabaseRoom.advice(75, 150)).isEmpty();
    }

    @Test
    void what_is_enough_for_one_node_only_is_said_with_a_number_that_is_enough() {
        assertThat(DatabaseRoom.advice(75, 97).orElseThrow())
                .contains("allows 97 connections", "not enough for a second node", "to 170");
        assertThat(DatabaseRoom.advice(75, 40).orElseThrow()).contains("not enough for this node alone");
    }
}
