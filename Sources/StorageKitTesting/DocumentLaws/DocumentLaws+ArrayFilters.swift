import StorageKit

extension DocumentLaws {
    static func arrayFilterCases<H: DocumentHarness>() -> [ConformanceCase<H>] {
        [
            elements(), wholeArrays(), paths(), places(), containsAll(), counts(), someElement(),
            someValue(),
        ]
    }

    private static func elements<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "array.elements",
            "An array is as a predicate says when one of its elements is, each predicate by itself."
        ) { scene in
            try await scene.put(["a": [1, 9]], ["a": [5]], ["a": []], ["a": [[5]]], ["a": 5])
            try await scene.expect(.equal(5), finds: 1, 4)
            try await scene.expect(.both([.greater(3), .less(7)]), finds: 0, 1, 4)
            try await scene.expect(.notEqual(5), finds: 0, 2, 3)
            try await scene.expect(.greater(4), finds: 0, 1, 4)
        }
    }

    private static func wholeArrays<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "array.whole",
            "An array is also compared as a whole with an array, element by element."
        ) { scene in
            try await scene.put(
                ["a": [1, 2]], ["a": [[1, 2], 7]], ["a": [2, 1]], ["a": []], ["a": 1])
            try await scene.expect(.equal([1, 2]), finds: 0, 1)
            try await scene.expect(.equal([]), finds: 3)
            try await scene.expect(.less([1, 2]), finds: 3)
            try await scene.expect(.greaterOrEqual([2]), finds: 1, 2)
        }
    }

    private static func paths<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "array.paths",
            "A path goes through the documents of an array, and not through arrays in it."
        ) { scene in
            try await scene.put(
                ["a": [["b": 1], ["b": 2]]], ["a": ["b": [1, 3]]], ["a": [[["b": 1]]]],
                ["a": [["b": [1]]]], ["a": [1, ["c": 1]]])
            try await scene.expect("a.b", .equal(1), finds: 0, 1, 3)
            try await scene.expect("a.b", .greater(1), finds: 0, 1)
            try await scene.expect("a.b", .exists(false), finds: 2, 4)
            try await scene.expect("a.b", .notEqual(1), finds: 2, 4)
        }
    }

    private static func places<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "array.places",
            "A number in a path is a place of an array, and a name in its documents."
        ) { scene in
            try await scene.put(
                ["a": [1, 2]], ["a": ["0": 1]], ["a": [["0": 1]]], ["a": [[1, 2]]],
                ["a": [["b": 1], 2]], ["a": [[["b": 1]]]])
            try await scene.expect("a.0", .equal(1), finds: 0, 1, 2)
            try await scene.expect("a.1", .equal(2), finds: 0, 4)
            try await scene.expect("a.0.0", .equal(1), finds: 2, 3)
            try await scene.expect("a.0.b", .equal(1), finds: 4, 5)
            try await scene.expect("a.00", .exists(true))
        }
    }

    private static func containsAll<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "array.contains-all",
            "containsAll finds arrays that have all values, and a value that is all of them; of no "
                + "values, nothing."
        ) { scene in
            try await scene.put(["a": [1, 2, 3]], ["a": [1]], ["a": 1], ["a": [[1, 2]]], [:])
            try await scene.expect(.containsAll([2.0, 1]), finds: 0)
            try await scene.expect(.containsAll([1]), finds: 0, 1, 2)
            try await scene.expect(.containsAll([[1, 2]]), finds: 3)
            try await scene.expect(.containsAll([]))
        }
    }

    private static func counts<H: DocumentHarness>() -> ConformanceCase<H> {
        law("array.count", "count finds arrays of so many elements, and nothing else.") { scene in
            try await scene.put(
                ["a": []], ["a": [1]], ["a": [[1, 2]]], ["a": "x"], [:], ["a": [1, 2]])
            try await scene.expect(.count(1), finds: 1, 2)
            try await scene.expect(.count(0), finds: 0)
            try await scene.expect(.not(.count(1)), finds: 0, 3, 4, 5)
        }
    }

    private static func someElement<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "array.some-element",
            "someElement finds arrays with one element that the whole filter matches: a document, "
                + "or an array by its places."
        ) { scene in
            try await scene.put(
                ["a": [["b": 1, "c": 2]]], ["a": [["b": 1], ["c": 2]]], ["a": ["b": 1, "c": 2]],
                ["a": [[1, 2]]], ["a": [1]])
            let both = DocumentFilter.field("b", .equal(1)) && .field("c", .equal(2))
            try await scene.expect(.someElement(both), finds: 0)
            try await scene.expect(.someElement(.field("0", .equal(1))), finds: 3)
            try await scene.expect(.someElement(.all), finds: 0, 1, 3)
            try await scene.expect(.not(.someElement(both)), finds: 1, 2, 3, 4)
        }
    }

    private static func someValue<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "array.some-value",
            "someValue finds arrays with one element for which all predicates hold, of an array in "
                + "it as a whole."
        ) { scene in
            try await scene.put(
                ["a": [1, 9]], ["a": [5]], ["a": 5], ["a": [[5]]], ["a": []], ["a": ["x", 6]])
            try await scene.expect(.someValue([.greater(3), .less(7)]), finds: 1, 5)
            try await scene.expect(.someValue([.type([.array])]), finds: 3)
            try await scene.expect(.someValue([.notEqual(5)]), finds: 0, 3, 5)
            try await scene.expect(.someValue([.not(.greater(3))]), finds: 0, 3, 5)
        }
    }
}
