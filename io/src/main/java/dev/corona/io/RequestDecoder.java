package dev.corona.io;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Netty's decoder with this server's limits, and without leniency where two readers could disagree on a request's end. */
final class RequestDecoder extends HttpRequestDecoder {
    private static final int MAX_CHUNK_BYTES = 64 * 1024;

    RequestDecoder(HttpOptions options) {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(options.maxLineBytes())
                        .setMaxHeaderSize(options.maxHeaderBytes())
                        .setMaxChunkSize(MAX_CHUNK_BYTES)
                        .setAllowDuplicateContentLengths(false));
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
