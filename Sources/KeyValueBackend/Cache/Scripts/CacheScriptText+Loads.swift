extension CacheScriptText {
    /// Looks keys up; what counts although tags were cleared is confirmed.
    static let lookUp = text(parts: 0, step: "local next, answer = lookUp(r)")

    /// Looks keys up and leases what is not there.
    ///
    /// For each key: a token.
    static let lookUpLeasing = text(
        parts: 1, step: "local next, answer = lookUp(r, ARGV[at], after(ARGV[5]))")

    /// Registers loads.
    ///
    /// `ARGV[6]`: the freshness demanded, or nothing. For each key: a token.
    static let beginLoads = text(
        #"""
        local function isFresh(r)
          if ARGV[6] == '' then return false end
          local stop = math.min(r.fresh, r.stop)
          return stop == FOREVER or stop - now > tonumber(ARGV[6])
        end

        local function beginLoad(r, token, stop)
          if not counts(r) then return lookUp(r, token, stop) end
          local e = confirmed(r)
          if isFresh(e) then return e, e.raw or bytes(e) end
          if e.token ~= NO_TOKEN and now < e.loadEnd then return e, LOADING end
          e = copy(confirmed(withoutRefresh(e)))
          e.token, e.loadEnd = token, stop
          return e, LEASED
        end
        """#,
        parts: 1, step: "local next, answer = beginLoad(r, ARGV[at], after(ARGV[5]))")

    /// Ends loads.
    ///
    /// For each key: a token, and a deposit.
    static let endLoads = text(
        #"""
        local function endLoad(r, token, deposit)
          if not r or r.token ~= token or (r.kind ~= 'L' and r.kind ~= 'E') then return r, 0 end
          local isLate = now >= r.loadEnd
          if r.kind == 'L' then
            local floor = floorOf(r)
            if not deposit then return alive(floor), 1 end
            if isLate then return alive(floor), 0 end
            return deposited(deposit, r, floor, alive(floor))
          end
          if not deposit then return withoutRefresh(r), 1 end
          if now >= r.stop then return nil, 0 end
          local rest = withoutRefresh(r)
          if isLate or older(deposit.version, r.version) then return rest, 0 end
          return deposited(deposit, r, floorOf(r), rest)
        end
        """#,
        parts: 5, step: "local next, answer = endLoad(r, ARGV[at], deposit(at + 1))")
}
