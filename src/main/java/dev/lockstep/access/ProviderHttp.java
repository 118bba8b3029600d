package dev.lockstep.access;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.RequestEntity;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/** How the provider is asked: one that does not answer holds nobody up for long. */
final class ProviderHttp {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private static final Duration READ = Duration.ofSeconds(10);

    private ProviderHttp() {}

    static ClientHttpRequestFactory requests() {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(CONNECT).build());
        requests.setReadTimeout(READ);
        return requests;
    }

    /** For the addresses at which tokens are given. */
    static RestClient tokens() {
        return RestClient.builder()
                .requestFactory(requests())
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }

    /** For what the provider tells of people. */
    static RestTemplate people() {
        RestTemplate asking = new RestTemplate(requests());
        asking.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        return asking;
    }

    /**
     * What a provider tells of itself.
     *
     * @throws IllegalStateException when it does not answer, or as somebody else
     */
    static Map<String, Object> discovered(String issuer) {
        try {
            Map<String, Object> told = new RestTemplate(requests())
                    .exchange(
                            RequestEntity.get(URI.create(issuer.replaceFirst("/+$", "") + WELL_KNOWN))
                                    .build(),
                            new ParameterizedTypeReference<Map<String, Object>>() {})
                    .getBody();
            if (told == null || !issuer.equals(told.get("issuer"))) {
                throw new IllegalStateException("it tells of another issuer; write it as the provider does");
            }
            return told;
        } catch (RestClientException silent) {
            throw new IllegalStateException("it does not tell of itself at " + WELL_KNOWN, silent);
        }
    }
}
