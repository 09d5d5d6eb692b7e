import StorageKit

extension CachePolicy {
    /// The rules of a list that would rather be an hour old than gone.
    static var patient: CachePolicy {
        var policy = CachePolicy(timeToLive: .seconds(60))
        policy.refreshAhead = .seconds(10)  // in the last ten of them, behind the reader's back
        policy.staleIfPrimaryFails = .seconds(3600)  // better old than an error
        policy.softTimeout = .seconds(2)  // or than a slow answer
        policy.negativeTimeToLive = .seconds(5)  // "there is none" is an answer too
        return policy
    }
}
