/// What ``PipelineState`` has to know of an exchange.
protocol PipelineMember: AnyObject, Sendable {
    /// Whether nothing else may be under way on the connection meanwhile.
    var needsLinkAlone: Bool { get }
}
