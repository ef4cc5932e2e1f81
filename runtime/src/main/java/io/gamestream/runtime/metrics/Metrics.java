package io.gamestream.runtime.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** The metrics of a process: its JVM's from the start, its Kafka clients' when they are bound, and whatever a feature adds. */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Deque<AutoCloseable> binders = new ConcurrentLinkedDeque<>();

    /**
     * Starts with the JVM's metrics.
     *
     * @param service the {@code service} label of them
     */
    public Metrics(String service) {
        Tags tags = Tags.of("service", service);
        bind(new ClassLoaderMetrics(tags));
        bind(new JvmMemoryMetrics(tags));
        bind(new JvmGcMetrics(tags));
        bind(new JvmThreadMetrics(tags));
        bind(new ProcessorMetrics(tags));
        bind(new FileDescriptorMetrics(tags));
        bind(new UptimeMetrics(tags));
    }

    /** For meters of a feature's own. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Adds a binder, which is closed with this object where it can be. */
    public void bind(MeterBinder binder) {
        binder.bindTo(registry);
        if (binder instanceof AutoCloseable closeable) {
            binders.push(closeable);
        }
    }

    public void bind(Consumer<?, ?> consumer) {
        bind(new KafkaClientMetrics(consumer));
    }

    public void bind(Producer<?, ?> producer) {
        bind(new KafkaClientMetrics(producer));
    }

    public void bind(AdminClient admin) {
        bind(new KafkaClientMetrics(admin));
    }

    /** For counters that are too hot for a meter registry: they are read at each scrape. */
    public void register(MultiCollector collector) {
        registry.getPrometheusRegistry().register(collector);
    }

    /**
     * What {@code /metrics} answers.
     *
     * @param contentType one that Prometheus asks for; OpenMetrics or the text format
     */
    public String scrape(String contentType) {
        return registry.scrape(contentType);
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable binder = binders.poll(); binder != null; binder = binders.poll()) {
            binder.close();
        }
        registry.close();
    }
}
