/// Where the elements of a document or an array are.
struct BSONPlace {
    /// Where the first one begins.
    var first: Int32
    /// Where the zero is that ends them.
    var limit: Int32
}
