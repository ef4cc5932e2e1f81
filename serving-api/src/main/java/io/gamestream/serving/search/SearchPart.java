package io.gamestream.serving.search;

import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Parameters;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.runtime.http.Problems;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.views.GameView;
import io.gamestream.schemas.views.SalesView;
import io.gamestream.serving.GameTitles;
import io.gamestream.serving.ServingContext;
import io.gamestream.serving.ServingPart;
import io.gamestream.serving.log.TopicFeed;
import io.gamestream.serving.render.GameJson;
import io.gamestream.serving.render.JsonAnswer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** {@code /v1/games}, {@code /v1/games/search} and {@code /v1/games/bestsellers}. */
public final class SearchPart implements ServingPart {

    private final SearchSettings settings;
    private final CatalogIndex index;
    private final TopicFeed feed;
    private final GameSearch search;
    private final ThreadPoolExecutor threads;

    /** Opens an empty index; it is filled once the part is started. */
    public SearchPart(ServingContext context) {
        this.settings = context.settings().bind("serving.search", SearchSettings.class);
        try {
            this.index = CatalogIndex.open(settings, GameJson::render);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "setting serving.search.directory: " + settings.directory() + " can't be used: " + e.getMessage(),
                    e);
        }
        AvroSerdes serdes = new AvroSerdes(context.registry());
        CatalogWriter writer = new CatalogWriter(
                index,
                TopicCatalogue.GAME_VIEW.name(),
                serdes.<GameView>valueSerde().deserializer(),
                serdes.<SalesView>valueSerde().deserializer(),
                context.metrics().registry());
        this.feed = new TopicFeed(
                "catalogue-index",
                () -> TopicFeed.consumer(context, "serving-search"),
                List.of(
                        TopicFeed.Source.whole(TopicCatalogue.GAME_VIEW.name()),
                        TopicFeed.Source.whole(TopicCatalogue.SALES_VIEW.name())),
                writer,
                settings.refreshInterval(),
                context.fatal());
        this.search = new GameSearch(index);
        this.threads = new ThreadPoolExecutor(
                settings.threads(),
                settings.threads(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.queueLength()),
                task -> new Thread(task, "search"));
    }

    @Override
    public String name() {
        return "search";
    }

    /** Titles of all games, from the moment that they are read. */
    public GameTitles titles() {
        return index.games()::title;
    }

    @Override
    public void mount(Vertx vertx, HttpRoutes routes) {
        routes.get("/v1/games/search", context -> {
            SearchRequest request = SearchRequest.search(Parameters.of(context));
            answer(context, true, () -> search.search(request));
        });
        routes.get("/v1/games/bestsellers", context -> {
            SearchRequest request = SearchRequest.bestsellers(Parameters.of(context));
            answer(context, false, () -> search.bestsellers(request));
        });
        routes.get("/v1/games", context -> {
            SearchRequest request = SearchRequest.list(Parameters.of(context));
            answer(context, true, () -> search.list(request));
        });
    }

    @Override
    public void start() {
        feed.start();
    }

    @Override
    public Readiness.Status status() {
        return feed.status();
    }

    @Override
    public void close() {
        feed.close();
        threads.shutdownNow();
        try {
            threads.awaitTermination(2, TimeUnit.SECONDS);
            index.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the catalogue's index", e);
        }
    }

    private void answer(RoutingContext routing, boolean withFacets, PageSource pages) {
        Readiness.Status status = feed.status();
        if (!status.ready()) {
            throw new ProblemException(Problem.unavailable("The catalogue is being loaded: " + status.reason()));
        }
        Context context = routing.vertx().getOrCreateContext();
        try {
            threads.execute(() -> {
                // Before the search: what is applied while it runs may be missing from the page.
                long asOf = feed.asOfMillis();
                try {
                    JsonAnswer answer = ListAnswer.of(pages.page(), withFacets, asOf);
                    context.runOnContext(ready -> answer.send(routing.request()));
                } catch (IOException | RuntimeException e) {
                    context.runOnContext(failed -> Problems.send(
                            routing.response(),
                            Problems.of(e, "GET " + routing.request().path())));
                }
            });
        } catch (RejectedExecutionException e) {
            routing.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            throw new ProblemException(Problem.unavailable(
                    "Too many searches are waiting: " + settings.queueLength() + " (serving.search.queue-length)."));
        }
    }

    @FunctionalInterface
    private interface PageSource {
        GamePage page() throws IOException;
    }
}
