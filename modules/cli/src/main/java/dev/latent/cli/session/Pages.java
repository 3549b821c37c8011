package dev.latent.cli.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lists that a server gives page by page. */
public final class Pages {

    /** The page size to ask for: the largest that servers give. */
    public static final int SIZE = 1000;

    private Pages() {}

    /**
     * Reads all pages.
     *
     * @param call asks for the page of a token
     * @param elements of a page
     * @param nextToken of a page; empty on the last one
     * @param <P> a page
     * @param <E> an element
     * @return the elements in their order
     */
    public static <P, E> List<E> all(
            Function<String, P> call, Function<P, List<E>> elements, Function<P, String> nextToken) {
        List<E> all = new ArrayList<>();
        String token = "";
        do {
            P page = call.apply(token);
            all.addAll(elements.apply(page));
            token = nextToken.apply(page);
        } while (!token.isEmpty());
        return all;
    }
}
