package dev.lockstep.process;

import dev.lockstep.port.AccessReviews;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;

/** The wait states of the review of who reads and approves what. */
class AccessReviewWays extends Ways {

    @Autowired
    AccessReviews reviews;

    @Override
    Map<String, Map<String, Supplier<String>>> ways() {
        return Map.of(
                "access-review",
                Map.of(
                        "before:ReviewOwner",
                        this::begun,
                        "ReviewAccess",
                        this::asked,
                        "after:ReviewAccess",
                        () -> complete(asked(), lastWord("ReviewAccess")),
                        "CorrectAccess",
                        this::wrong,
                        "after:CorrectAccess",
                        () -> complete(wrong(), lastWord("CorrectAccess"))));
    }

    @Override
    Map<String, Map<String, Object>> lastWords() {
        return Map.of("ReviewAccess", Map.of("accessVerdict", "right"), "CorrectAccess", Map.of());
    }

    private String begun() {
        stand.adopted(Given.policy());
        return begun("access-review", () -> reviews.begin("tester"));
    }

    private String asked() {
        return run(begun(), "ReviewOwner");
    }

    private String wrong() {
        String instance = complete(asked(), Map.of("accessVerdict", "wrong", "correction", "batch has gone"));
        return run(instance, "ReviewAccess");
    }
}
