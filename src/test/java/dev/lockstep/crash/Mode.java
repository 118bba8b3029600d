package dev.lockstep.crash;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;

/** How something goes wrong. */
enum Mode {
    /** A defect that nobody foresaw. */
    EXCEPTION {
        @Override
        void strike(String port) {
            throw new IllegalStateException("planned defect");
        }
    },
    /** No answer in time; the outcome is unknown. */
    TIMEOUT {
        @Override
        void strike(String port) {
            FailureCode code = switch (port) {
                case "Target" -> FailureCode.TARGET_UNREACHABLE;
                case "SecretStore" -> FailureCode.STORE_UNAVAILABLE;
                case "AuditTrail" -> FailureCode.AUDIT_UNAVAILABLE;
                default -> FailureCode.LEDGER_UNAVAILABLE;
            };
            throw new RetryableException(code, "planned time-out of " + port);
        }
    },
    /** The worker dies; see {@link Killed}. */
    SIMULATED_KILL {
        @Override
        void strike(String port) {
            throw new Killed();
        }
    },
    /** The process dies at once, without any clean-up. */
    KILL {
        @Override
        void strike(String port) {
            Runtime.getRuntime().halt(KilledProcess.STATUS);
        }
    };

    abstract void strike(String port);
}
