package dev.lockstep.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import dev.lockstep.domain.SecretValue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a text of a body as a secret, so that it never prints. */
final class SecretReader extends JsonDeserializer<SecretValue> {

    @Override
    @Nullable
    public SecretValue deserialize(JsonParser body, DeserializationContext context) throws IOException {
        if (body.currentToken() != JsonToken.VALUE_STRING) {
            return (SecretValue) context.handleUnexpectedToken(SecretValue.class, body);
        }
        String text = body.getText();
        return text.isBlank() ? null : SecretValue.of(text);
    }
}
