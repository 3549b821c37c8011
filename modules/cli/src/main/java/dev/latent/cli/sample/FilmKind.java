package dev.latent.cli.sample;

import java.util.List;

/**
 * A kind of film: where it stands on the two axes of taste, what it belongs to, and how its titles are put together.
 *
 * @param liking who likes it, for a person
 * @param audience from -1, for children, to 1, for adults
 * @param pace from -1, quiet, to 1, loud
 * @param categories what all its films belong to
 * @param extras what some of its films belong to as well
 * @param beginnings of titles
 * @param endings of titles; each beginning goes with each
 */
record FilmKind(
        String liking,
        double audience,
        double pace,
        List<String> categories,
        List<String> extras,
        List<String> beginnings,
        List<String> endings) {

    FilmKind {
        categories = List.copyOf(categories);
        extras = List.copyOf(extras);
        beginnings = List.copyOf(beginnings);
        endings = List.copyOf(endings);
    }

    /** All kinds; all titles are invented. */
    static List<FilmKind> all() {
        return List.of(
                animatedAnimals(),
                bedtimeTales(),
                familyAdventures(),
                action(),
                space(),
                arthouse(),
                romance(),
                documentaries(),
                horror());
    }

    private static FilmKind animatedAnimals() {
        return new FilmKind(
                "lively films for children",
                -0.95,
                0.35,
                List.of("Animation", "Children"),
                List.of("Comedy", "Musical", "Adventure"),
                words("Pip,Bramble,Otto,Hazel,Tumble,Biscuit,Maro,Poppy,Waddle,Fern,Gus,Clover"),
                words(" and the Moon Kite, and the Clockwork Pond, and the Runaway Kitchen, and the Great Acorn Race,"
                        + " and the Singing Lighthouse, and the Snowed-In Circus, and the Marmalade River,"
                        + " and the Tiny Orchestra, and the Midnight Bakery, and the Balloon Post,"
                        + " and the Lost Umbrella, and the Thousand Snails"));
    }

    private static FilmKind bedtimeTales() {
        return new FilmKind(
                "quiet films for children",
                -0.85,
                -0.6,
                List.of("Children", "Fantasy"),
                List.of("Family", "Musical", "Animation"),
                words("The Lamplighter,The Smallest Witch,The Patient Gardener,The Shy Dragon,The Paper Princess,"
                        + "The Cloud Shepherd,The Button Knight,The Sleepy Owl,The Wishing Tailor,The Kind Giant,"
                        + "The Dream Carpenter,The Star Baker"),
                words(" of Winter Lane, of the Seven Hills, of Lantern Island, of the Quiet Wood, of Feather Street,"
                        + " of Saltwater Castle, of the Long Meadow, of Candle Bay, of the Glass Orchard,"
                        + " of Hollow Hill, of the Silver Mill, of Thimble Town"));
    }

    private static FilmKind familyAdventures() {
        return new FilmKind(
                "adventures for the whole family",
                -0.4,
                0.8,
                List.of("Family", "Adventure"),
                List.of("Fantasy", "Comedy", "Children"),
                words("The Hidden Map of,The Race to,The Treehouse at,Summer at,The Lost Bridge of,Treasure under,"
                        + "The Kids of,By Canoe to,A Flight over,The Secret of,The Rescue at,Return to"),
                words(" Kestrel Ridge, Coral Bay, Thunder Falls, Juniper Canyon, Old Harbour Road, Volcano Point,"
                        + " Windmill Island, Copper Mountain, Fox River, Starfall Valley, Pirate's Elbow, Bear Lake"));
    }

    private static FilmKind action() {
        return new FilmKind(
                "action films",
                0.5,
                0.95,
                List.of("Action", "Thriller"),
                List.of("Crime", "War", "Adventure"),
                words("Zero,Iron,Burning,Final,Rogue,Steel,Midnight,Broken,Silent,Vertical,Double,Frozen"),
                words(" Perimeter, Convoy, Faultline, Overpass, Countermeasure, Checkpoint, Runway, Detonator,"
                        + " Breakwater, Turnpike, Redoubt, Manifest"));
    }

    private static FilmKind space() {
        return new FilmKind(
                "journeys into space",
                0.1,
                0.55,
                List.of("Sci-Fi", "Adventure"),
                List.of("Action", "Mystery", "Drama"),
                words("The Last Signal from,The Colony at,In Orbit of,Beyond,The Engineers of,Drifting toward,A Map of,"
                        + "Gravity at,The Cartographers of,Silence over,Harvest on,Six Days to"),
                words(" Tau Verity, Callisto Deep, the Ninth Ring, Perihelion Station, Kepler Bay, the Amber Nebula,"
                        + " Proxima Quay, Titan Terrace, the Hollow Moon, Vesta Yard, Outpost Aster, the Pale Comet"));
    }

    private static FilmKind arthouse() {
        return new FilmKind(
                "quiet dramas",
                0.85,
                -0.85,
                List.of("Drama", "Arthouse"),
                List.of("Romance", "History", "Mystery"),
                words(
                        "Rain,November,Chalk,Two Chairs,The Piano Tuner,Still Water,One Room,Ash,The Widow's Garden,Smoke,"
                                + "Unsent Letters,The Ferryman"),
                words(" in an Empty House, on a Tuesday, without Windows, before Supper, and Other Silences,"
                        + " at the Edge of Town, for Ilse, under the Viaduct, in Late Light, toward Evening,"
                        + " between Trains, after the Harvest"));
    }

    private static FilmKind romance() {
        return new FilmKind(
                "romantic comedies",
                0.35,
                -0.25,
                List.of("Romance", "Comedy"),
                List.of("Drama", "Musical", "Family"),
                words(
                        "Love,Dinner,A Wedding,Two Tickets,Coffee,Dancing,The Wrong Letter,A Proposal,Honeymoon,One Waltz,"
                                + "Lemonade,A Late Yes"),
                words(" in Porto, at Number Twelve, before the Ferry, with the Neighbours, on Platform Four,"
                        + " after Closing Time, by the Canal, for Beginners, in the Rainy Season,"
                        + " at the Corner Shop, and a Borrowed Suit, next to the Florist"));
    }

    private static FilmKind documentaries() {
        return new FilmKind(
                "documentaries",
                0.0,
                -0.9,
                List.of("Documentary", "Nature"),
                List.of("History", "Travel", "Science"),
                words("The Secret Life of,Inside,A Year with,Following,Listening to,The Slow World of,Notes on,"
                        + "A Portrait of,The Keepers of,A Short History of,Winter among,Searching for"),
                words(" Peat Bogs, the Night Market, Migrating Cranes, Salt Farmers, Coral Gardens, Mountain Bees,"
                        + " the Last Glacier, Wild Orchards, River Otters, Desert Wells, the Paper Makers,"
                        + " the Tide Mills"));
    }

    private static FilmKind horror() {
        return new FilmKind(
                "horror films",
                0.95,
                0.25,
                List.of("Horror", "Thriller"),
                List.of("Mystery", "Crime", "Drama"),
                words("The Cellar,What Waits,The Visitors,Nobody,The Sleepwalker,Teeth,Whispers,The Second Guest,"
                        + "Footsteps,The Mask,Cold Hands,The Knocking"),
                words(" below Ravenmoor, behind the Wallpaper, at Gallows Farm, in Ward Thirteen, of Blackwater Inn,"
                        + " under the Ice, from Room Zero, at the End of the Hall, in the Cornfield, on Hollow Road,"
                        + " beneath the Chapel, after the Funeral"));
    }

    private static List<String> words(String joined) {
        return List.of(joined.split(","));
    }
}
