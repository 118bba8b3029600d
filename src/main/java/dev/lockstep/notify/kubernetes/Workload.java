package dev.lockstep.notify.kubernetes;

import java.net.URI;

/**
 * What runs the pods of a consumer.
 *
 * @param api the address of the API server, without a slash at its end
 * @param kind {@code deployment}, {@code statefulset} or {@code daemonset}
 */
record Workload(String api, String namespace, String kind, String name) {

    /** Where the API server has it. */
    URI address() {
        return URI.create(api + "/apis/apps/v1/namespaces/" + namespace + '/' + kind + "s/" + name);
    }

    @Override
    public String toString() {
        return kind + ' ' + namespace + '/' + name;
    }
}
