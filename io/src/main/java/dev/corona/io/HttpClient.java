package dev.corona.io;

import dev.corona.async.Corona;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import org.jspecify.annotations.Nullable;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Fetches over HTTP. Connections are kept and shared by the tasks of a loop. */
public final class HttpClient {
    private HttpClient() {}

    /** Fetches {@code url} with GET. */
    public static HttpResponse fetch(IoLoop io, String url) throws IoException {
        return fetch(io, url, FetchOptions.get());
    }

    /**
     * Asks the server for {@code url} and suspends the calling task until the whole response is there, whatever its status.
     *
     * @param url absolute, with http or https
     * @throws IllegalArgumentException if it is not
     */
    public static HttpResponse fetch(IoLoop io, String url, FetchOptions options)
            throws IoException {
        RequestOptions request = request(url, options);
        String name = request.getHost() + ":" + request.getPort();
        String operation = "fetch " + url;
        Corona.requireMayWait(operation);
        return Futures.await(operation, io, () -> send(io, request, options, operation))
                .orThrow(error -> refused(operation, name, options, error));
    }

    private static IoException refused(
            String operation, String name, FetchOptions options, @Nullable Throwable error) {
        if (error instanceof IoException known) return known;
        if (error != null && error.getCause() instanceof IoException known) return known;
        if (error instanceof TimeoutException)
            return new IoException.IdleTimeout(operation, options.timeout());
        if (error instanceof UnknownHostException) return new IoException.UnknownHost(name, error);
        if (error instanceof ConnectException) return new IoException.ConnectFailed(name, error);
        return new IoException.ConnectionLost(operation, error);
    }

    private static RequestOptions request(String url, FetchOptions options) {
        if (!url.startsWith("http://") && !url.startsWith("https://"))
            throw new IllegalArgumentException(
                    "url must begin with http:// or https://, but was " + url);
        RequestOptions request = new RequestOptions();
        try {
            request.setAbsoluteURI(url);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("url must be a valid address, but was " + url, e);
        }
        if (request.getHost() == null || request.getHost().isEmpty())
            throw new IllegalArgumentException("url must name a host, but was " + url);
        request.setMethod(HttpMethod.valueOf(options.method()));
        request.setConnectTimeout(options.timeout().toMillis());
        request.setIdleTimeout(options.timeout().toMillis());
        for (Map.Entry<String, String> header : options.headers())
            request.addHeader(header.getKey(), header.getValue());
        return request;
    }

    private static Future<HttpResponse> send(
            IoLoop io, RequestOptions request, FetchOptions options, String operation) {
        return io.httpClient()
                .request(request)
                .compose(ready -> sendBody(ready, options))
                .compose(response -> receive(response, options, operation));
    }

    private static Future<HttpClientResponse> sendBody(
            HttpClientRequest ready, FetchOptions options) {
        return options.body().length == 0
                ? ready.send()
                : ready.send(Buffer.buffer(options.body()));
    }

    private static Future<HttpResponse> receive(
            HttpClientResponse response, FetchOptions options, String operation) {
        Buffer body = Buffer.buffer();
        response.handler(
                piece -> {
                    if (body.length() + piece.length() > options.maxBodyBytes())
                        response.request()
                                .reset(
                                        0,
                                        new IoException.BodyTooLarge(
                                                operation, options.maxBodyBytes()));
                    else body.appendBuffer(piece);
                });
        return response.end()
                .map(
                        end ->
                                new HttpResponse(
                                        response.statusCode(), headers(response), body.getBytes()));
    }

    private static Headers headers(HttpClientResponse response) {
        // the size of Vert.x's headers counts names, of which one may have many values
        List<String> copy = new ArrayList<>();
        for (Map.Entry<String, String> header : response.headers()) {
            copy.add(header.getKey());
            copy.add(header.getValue());
        }
        return Headers.checked(copy.toArray(String[]::new));
    }
}
