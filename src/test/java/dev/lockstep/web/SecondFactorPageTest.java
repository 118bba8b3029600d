package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.People;
import dev.lockstep.testing.Visitor;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A person sets up a second factor and gives it; the codes of the authenticator are tested beside it. */
@WebTest
class SecondFactorPageTest {

    private static final String CHOSEN = "my own long password";
    private static final Pattern RECOVERY = Pattern.compile("<li><code>([a-z2-7]{16})</code></li>");

    private final int port;
    private final People people;

    SecondFactorPageTest(@LocalServerPort int port, @Autowired People people) {
        this.port = port;
        this.people = people;
    }

    @Test
    void a_person_scans_the_picture_notes_the_recovery_codes_and_needs_one_at_the_next_login() {
        Visitor person = person("factor.ann");
        HttpResponse<String> offer = person.get("/second-factor");
        assertThat(offer.body()).contains("Set up").doesNotContain("recovery code");

        HttpResponse<String> shown = person.form("/second-factor/begin", form(offer, Map.of()));
        assertThat(shown.body()).contains("<svg class=\"qr\"").contains("h1v1h-1z");
        assertThat(shown.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        HttpResponse<String> wrong = person.form("/second-factor/confirm", form(shown, Map.of("code", "nothing")));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("That did not work").contains("<svg class=\"qr\"");

        HttpResponse<String> done =
                person.form("/second-factor/confirm", form(shown, Map.of("code", code(shown), "next", "/forecast")));
        Matcher codes = RECOVERY.matcher(done.body());
        List<String> recovery = codes.results().map(code -> code.group(1)).toList();
        assertThat(recovery).as(done.body()).hasSize(10);
        assertThat(done.body()).contains("href=\"/forecast\"");
        assertThat(person.get("/forecast").statusCode()).isEqualTo(200);
        assertThat(people.find("factor.ann").orElseThrow().secondFactor()).isTrue();

        Visitor again = new Visitor(port).browser();
        again.logIn("factor.ann", CHOSEN);
        assertThat(again.get("/forecast").headers().firstValue("Location").orElseThrow())
                .endsWith("/second-factor?next=%2Fforecast");
        HttpResponse<String> asked = again.get("/second-factor?next=/forecast");
        HttpResponse<String> back =
                again.form("/second-factor", form(asked, Map.of("code", recovery.get(3), "next", "/forecast")));
        assertThat(back.headers().firstValue("Location").orElseThrow()).endsWith("/forecast");
        assertThat(again.get("/forecast").statusCode()).isEqualTo(200);

        Visitor administrator = new Visitor(port).basic("administrator", Samples.PASSWORD);
        assertThat(administrator
                        .json("DELETE", "/api/v1/users/factor.ann/second-factor", "")
                        .body())
                .contains("\"secondFactor\":false");
        assertThat(new Visitor(port)
                        .basic("factor.ann", CHOSEN)
                        .get("/api/v1/credentials")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.org/",
                "//evil.example.org/",
                "/\\evil.example.org",
                "javascript:alert(1)",
                "/a\r\nb"
            })
    void nobody_is_led_to_another_site(String next) {
        Visitor person = person("factor." + Integer.toHexString(next.hashCode()));
        HttpResponse<String> page =
                person.get("/second-factor?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));

        assertThat(page.body()).contains("name=\"next\" value=\"/\"").doesNotContain("evil", "alert");
    }

    private Visitor person(String id) {
        try (SecretValue first = people.add("test", id, "Somebody", List.of("viewer"));
                SecretValue next = SecretValue.of(CHOSEN)) {
            people.replacePassword(id, first, next);
        }
        Visitor person = new Visitor(port).browser();
        person.logIn(id, CHOSEN);
        return person;
    }

    private static Map<String, String> form(HttpResponse<String> page, Map<String, String> typed) {
        Map<String, String> form = new HashMap<>(typed);
        form.put("_csrf", Visitor.token(page.body()));
        return form;
    }

    /** As an authenticator does from the text beside the picture. */
    private static String code(HttpResponse<String> page) {
        Matcher secret = Pattern.compile("class=\"secret\">([A-Z2-7 ]+)<").matcher(page.body());
        assertThat(secret.find()).isTrue();
        String text = secret.group(1).replace(" ", "");
        byte[] bytes = new byte[text.length() * 5 / 8];
        BigInteger bits = IntStream.range(0, text.length())
                .mapToObj(at -> BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(at))))
                .reduce(BigInteger.ZERO, (sum, five) -> sum.shiftLeft(5).add(five));
        for (int at = bytes.length - 1; at >= 0; at--) {
            bytes[at] = bits.byteValue();
            bits = bits.shiftRight(8);
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(bytes, "HmacSHA1"));
            long step = System.currentTimeMillis() / 30_000;
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[19] & 0xf) & 0x7fffffff;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
