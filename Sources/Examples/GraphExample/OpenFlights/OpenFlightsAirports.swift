// Contains information from the OpenFlights airport and route databases, which are made available
// under the Open Database License (ODbL). This file is a database derived from them, and made
// available under the same licence: see NOTICE.md and LICENSE beside it.

/// The airports with the most routes: code, city, country, latitude and longitude.
let openFlightsAirports = """
    ACC|Accra|Ghana|5.605|-0.167
    ACE|Arrecife|Spain|28.945|-13.605
    ADB|Izmir|Turkey|38.292|27.157
    ADD|Addis Ababa|Ethiopia|8.978|38.799
    AGP|Malaga|Spain|36.675|-4.499
    AHO|Alghero|Italy|40.632|8.291
    AKL|Auckland|New Zealand|-37.008|174.792
    ALA|Alma-ata|Kazakhstan|43.352|77.040
    ALC|Alicante|Spain|38.282|-0.558
    ALG|Algier|Algeria|36.691|3.215
    AMM|Amman|Jordan|31.723|35.993
    AMS|Amsterdam|Netherlands|52.309|4.764
    ARN|Stockholm|Sweden|59.652|17.919
    ATH|Athens|Greece|37.936|23.944
    ATL|Atlanta|United States|33.637|-84.428
    AUH|Abu Dhabi|United Arab Emirates|24.433|54.651
    AUS|Austin|United States|30.194|-97.670
    AYT|Antalya|Turkey|36.899|30.801
    BAH|Bahrain|Bahrain|26.271|50.634
    BCN|Barcelona|Spain|41.297|2.078
    BEG|Belgrade|Serbia|44.818|20.309
    BEY|Beirut|Lebanon|33.821|35.488
    BGO|Bergen|Norway|60.293|5.218
    BGY|Bergamo|Italy|45.674|9.704
    BHX|Birmingham|United Kingdom|52.454|-1.748
    BIO|Bilbao|Spain|43.301|-2.911
    BKK|Bangkok|Thailand|13.681|100.747
    BLL|Billund|Denmark|55.740|9.152
    BLQ|Bologna|Italy|44.535|11.289
    BLR|Bangalore|India|13.198|77.706
    BNA|Nashville|United States|36.125|-86.678
    BNE|Brisbane|Australia|-27.384|153.117
    BOD|Bordeaux|France|44.828|-0.716
    BOG|Bogota|Colombia|4.702|-74.147
    BOM|Mumbai|India|19.089|72.868
    BOS|Boston|United States|42.364|-71.005
    BRE|Bremen|Germany|53.048|8.787
    BRI|Bari|Italy|41.139|16.761
    BRS|Bristol|United Kingdom|51.383|-2.719
    BRU|Brussels|Belgium|50.901|4.484
    BSL|Mulhouse|France|47.590|7.529
    BUD|Budapest|Hungary|47.430|19.261
    BVA|Beauvais|France|49.454|2.113
    BWI|Baltimore|United States|39.175|-76.668
    CAG|Cagliari|Italy|39.251|9.054
    CAI|Cairo|Egypt|30.122|31.406
    CAN|Guangzhou|China|23.392|113.299
    CCS|Caracas|Venezuela|10.601|-66.991
    CDG|Paris|France|49.013|2.550
    CFU|Kerkyra/corfu|Greece|39.602|19.912
    CGK|Jakarta|Indonesia|-6.126|106.656
    CGN|Cologne|Germany|50.866|7.143
    CGO|Zhengzhou|China|34.520|113.841
    CHQ|Chania|Greece|35.532|24.150
    CIA|Rome|Italy|41.799|12.595
    CJU|Cheju|South Korea|33.511|126.493
    CKG|Chongqing|China|29.719|106.642
    CLE|Cleveland|United States|41.412|-81.850
    CLT|Charlotte|United States|35.214|-80.943
    CMB|Colombo|Sri Lanka|7.181|79.884
    CMH|Columbus|United States|39.998|-82.892
    CMN|Casablanca|Morocco|33.368|-7.590
    CPH|Copenhagen|Denmark|55.618|12.656
    CRL|Charleroi|Belgium|50.459|4.454
    CSX|Changcha|China|28.189|113.220
    CTA|Catania|Italy|37.467|15.066
    CTU|Chengdu|China|30.579|103.947
    CUN|Cancun|Mexico|21.037|-86.877
    CVG|Cincinnati|United States|39.049|-84.668
    DAC|Dhaka|Bangladesh|23.843|90.398
    DBV|Dubrovnik|Croatia|42.561|18.268
    DCA|Washington|United States|38.852|-77.038
    DEL|Delhi|India|28.567|77.103
    DEN|Denver|United States|39.862|-104.673
    DFW|Dallas-Fort Worth|United States|32.897|-97.038
    DKR|Dakar|Senegal|14.740|-17.490
    DLC|Dalian|China|38.966|121.539
    DME|Moscow|Russia|55.409|37.906
    DMK|Bangkok|Thailand|13.913|100.607
    DMM|Dammam|Saudi Arabia|26.471|49.798
    DOH|Doha|Qatar|25.273|51.608
    DPS|Denpasar|Indonesia|-8.748|115.167
    DTW|Detroit|United States|42.212|-83.353
    DUB|Dublin|Ireland|53.421|-6.270
    DUS|Duesseldorf|Germany|51.290|6.767
    DWC|Dubai|United Arab Emirates|24.896|55.161
    DXB|Dubai|United Arab Emirates|25.253|55.364
    EDI|Edinburgh|United Kingdom|55.950|-3.372
    EIN|Eindhoven|Netherlands|51.450|5.375
    EMA|East Midlands|United Kingdom|52.831|-1.328
    ESB|Ankara|Turkey|40.128|32.995
    EVN|Yerevan|Armenia|40.147|44.396
    EWR|Newark|United States|40.693|-74.169
    EZE|Buenos Aires|Argentina|-34.822|-58.536
    FAO|Faro|Portugal|37.014|-7.966
    FCO|Rome|Italy|41.800|12.239
    FLL|Fort Lauderdale|United States|26.073|-80.153
    FOC|Fuzhou|China|25.935|119.663
    FRA|Frankfurt|Germany|50.033|8.571
    FUE|Fuerteventura|Spain|28.453|-13.864
    FUK|Fukuoka|Japan|33.586|130.451
    GDL|Guadalajara|Mexico|20.522|-103.311
    GDN|Gdansk|Poland|54.378|18.466
    GIG|Rio De Janeiro|Brazil|-22.810|-43.251
    GLA|Glasgow|United Kingdom|55.872|-4.433
    GOT|Gothenborg|Sweden|57.663|12.280
    GRO|Gerona|Spain|41.901|2.761
    GRU|Sao Paulo|Brazil|-23.436|-46.473
    GVA|Geneva|Switzerland|46.238|6.109
    GYD|Baku|Azerbaijan|40.467|50.047
    HAJ|Hannover|Germany|52.461|9.685
    HAK|Haikou|China|19.935|110.459
    HAM|Hamburg|Germany|53.630|9.988
    HAN|Hanoi|Vietnam|21.221|105.807
    HAV|Havana|Cuba|22.989|-82.409
    HEL|Helsinki|Finland|60.317|24.963
    HER|Heraklion|Greece|35.340|25.180
    HET|Hohhot|China|40.851|111.824
    HFE|Hefei|China|31.780|117.298
    HGH|Hangzhou|China|30.229|120.434
    HHN|Hahn|Germany|49.949|7.264
    HKG|Hong Kong|Hong Kong|22.309|113.915
    HKT|Phuket|Thailand|8.113|98.317
    HND|Tokyo|Japan|35.552|139.780
    HNL|Honolulu|United States|21.321|-157.924
    HOU|Houston|United States|29.645|-95.279
    HRB|Harbin|China|45.623|126.250
    IAD|Washington|United States|38.944|-77.456
    IAH|Houston|United States|29.984|-95.341
    IBZ|Ibiza|Spain|38.873|1.373
    ICN|Seoul|South Korea|37.469|126.451
    IKA|Tehran|Iran|35.416|51.152
    IND|Indianapolis|United States|39.717|-86.294
    ISL|Istanbul|Turkey|40.977|28.815
    JED|Jeddah|Saudi Arabia|21.680|39.157
    JFK|New York|United States|40.640|-73.779
    JNB|Johannesburg|South Africa|-26.139|28.246
    KBP|Kiev|Ukraine|50.345|30.895
    KEF|Keflavik|Iceland|63.985|-22.606
    KHH|Kaohsiung|Taiwan|22.577|120.350
    KHI|Karachi|Pakistan|24.907|67.161
    KHN|Nanchang|China|28.865|115.900
    KIX|Osaka|Japan|34.427|135.244
    KMG|Kunming|China|25.102|102.929
    KRK|Krakow|Poland|50.078|19.785
    KRR|Krasnodar|Russia|45.035|39.171
    KTM|Kathmandu|Nepal|27.697|85.359
    KUL|Kuala Lumpur|Malaysia|2.746|101.710
    KWE|Guiyang|China|26.538|106.801
    KWI|Kuwait|Kuwait|29.227|47.969
    KWL|Guilin|China|25.218|110.039
    LAD|Luanda|Angola|-8.858|13.231
    LAS|Las Vegas|United States|36.080|-115.152
    LAX|Los Angeles|United States|33.943|-118.408
    LBA|Leeds|United Kingdom|53.866|-1.661
    LCA|Larnaca|Cyprus|34.875|33.625
    LCY|London|United Kingdom|51.505|0.055
    LED|St. Petersburg|Russia|59.800|30.263
    LGA|New York|United States|40.777|-73.873
    LGW|London|United Kingdom|51.148|-0.190
    LHE|Lahore|Pakistan|31.522|74.404
    LHR|London|United Kingdom|51.471|-0.462
    LHW|Lanzhou|China|36.515|103.620
    LIL|Lille|France|50.563|3.087
    LIM|Lima|Peru|-12.022|-77.114
    LIN|Milan|Italy|45.445|9.277
    LIS|Lisbon|Portugal|38.781|-9.136
    LOS|Lagos|Nigeria|6.577|3.321
    LPA|Gran Canaria|Spain|27.932|-15.387
    LPL|Liverpool|United Kingdom|53.334|-2.850
    LTN|London|United Kingdom|51.875|-0.368
    LUX|Luxemburg|Luxembourg|49.623|6.204
    LYS|Lyon|France|45.726|5.081
    MAA|Madras|India|12.990|80.169
    MAD|Madrid|Spain|40.472|-3.563
    MAN|Manchester|United Kingdom|53.354|-2.275
    MCI|Kansas City|United States|39.298|-94.714
    MCO|Orlando|United States|28.429|-81.309
    MCT|Muscat|Oman|23.593|58.284
    MDW|Chicago|United States|41.786|-87.752
    MED|Madinah|Saudi Arabia|24.553|39.705
    MEL|Melbourne|Australia|-37.673|144.843
    MEM|Memphis|United States|35.042|-89.977
    MEX|Mexico City|Mexico|19.436|-99.072
    MFM|Macau|Macau|22.150|113.592
    MIA|Miami|United States|25.793|-80.291
    MLA|Malta|Malta|35.857|14.477
    MNL|Manila|Philippines|14.509|121.020
    MRS|Marseille|France|43.439|5.221
    MSP|Minneapolis|United States|44.882|-93.222
    MSQ|Minsk 2|Belarus|53.882|28.031
    MSY|New Orleans|United States|29.993|-90.258
    MUC|Munich|Germany|48.354|11.786
    MXP|Milano|Italy|45.631|8.728
    NAP|Naples|Italy|40.886|14.291
    NAS|Nassau|Bahamas|25.039|-77.466
    NBO|Nairobi|Kenya|-1.319|36.928
    NCE|Nice|France|43.658|7.216
    NCL|Newcastle|United Kingdom|55.037|-1.692
    NGB|Ninbo|China|29.827|121.462
    NGO|Nagoya|Japan|34.858|136.805
    NKG|Nanjing|China|31.742|118.862
    NNG|Nanning|China|22.608|108.172
    NRN|Weeze|Germany|51.602|6.142
    NRT|Tokyo|Japan|35.765|140.386
    NTE|Nantes|France|47.153|-1.611
    NUE|Nuernberg|Germany|49.499|11.078
    NYO|Stockholm|Sweden|58.789|16.912
    OAK|Oakland|United States|37.721|-122.221
    OLB|Olbia|Italy|40.899|9.518
    OPO|Porto|Portugal|41.248|-8.681
    ORD|Chicago|United States|41.979|-87.905
    ORY|Paris|France|48.723|2.379
    OSL|Oslo|Norway|60.121|11.050
    OTP|Bucharest|Romania|44.571|26.085
    OVB|Novosibirsk|Russia|55.013|82.651
    PDX|Portland|United States|45.589|-122.598
    PEK|Beijing|China|40.080|116.585
    PHL|Philadelphia|United States|39.872|-75.241
    PHX|Phoenix|United States|33.434|-112.012
    PIT|Pittsburgh|United States|40.492|-80.233
    PMI|Palma de Mallorca|Spain|39.552|2.739
    PMO|Palermo|Italy|38.176|13.091
    PRG|Prague|Czech Republic|50.101|14.260
    PSA|Pisa|Italy|43.684|10.393
    PTY|Panama City|Panama|9.071|-79.383
    PUJ|Punta Cana|Dominican Republic|18.567|-68.363
    PUS|Busan|South Korea|35.180|128.938
    PVG|Shanghai|China|31.143|121.805
    RAK|Marrakech|Morocco|31.607|-8.036
    RDU|Raleigh-durham|United States|35.878|-78.787
    RHO|Rhodos|Greece|36.405|28.086
    RIX|Riga|Latvia|56.924|23.971
    RSW|Fort Myers|United States|26.536|-81.755
    RUH|Riyadh|Saudi Arabia|24.958|46.699
    RYG|Rygge|Norway|59.379|10.785
    SAL|San Salvador|El Salvador|13.441|-89.056
    SAN|San Diego|United States|32.734|-117.190
    SAT|San Antonio|United States|29.534|-98.470
    SAW|Istanbul|Turkey|40.899|29.309
    SCL|Santiago|Chile|-33.393|-70.786
    SEA|Seattle|United States|47.449|-122.309
    SFO|San Francisco|United States|37.619|-122.375
    SGN|Ho Chi Minh City|Vietnam|10.819|106.652
    SHA|Shanghai|China|31.198|121.336
    SHE|Shenyang|China|41.640|123.483
    SHJ|Sharjah|United Arab Emirates|25.329|55.517
    SIN|Singapore|Singapore|1.350|103.994
    SJO|San Jose|Costa Rica|9.994|-84.209
    SJU|San Juan|Puerto Rico|18.439|-66.002
    SJW|Shijiazhuang|China|38.281|114.697
    SKG|Thessaloniki|Greece|40.520|22.971
    SLC|Salt Lake City|United States|40.788|-111.978
    SOF|Sofia|Bulgaria|42.697|23.411
    SPU|Split|Croatia|43.539|16.298
    STL|St. Louis|United States|38.749|-90.370
    STN|London|United Kingdom|51.885|0.235
    STR|Stuttgart|Germany|48.690|9.222
    SVG|Stavanger|Norway|58.877|5.638
    SVO|Moscow|Russia|55.973|37.415
    SVQ|Sevilla|Spain|37.418|-5.893
    SVX|Yekaterinburg|Russia|56.743|60.803
    SXF|Berlin|Germany|52.380|13.523
    SXM|Philipsburg|Netherlands Antilles|18.041|-63.109
    SYD|Sydney|Australia|-33.946|151.177
    SYX|Sanya|China|18.303|109.412
    SZX|Shenzhen|China|22.639|113.811
    TAO|Qingdao|China|36.266|120.374
    TAS|Tashkent|Uzbekistan|41.258|69.281
    TFS|Tenerife|Spain|28.045|-16.573
    TLS|Toulouse|France|43.629|1.364
    TLV|Tel-aviv|Israel|32.011|34.887
    TNA|Jinan|China|36.857|117.216
    TPA|Tampa|United States|27.976|-82.533
    TPE|Taipei|Taiwan|25.078|121.233
    TRD|Trondheim|Norway|63.458|10.924
    TSE|Tselinograd|Kazakhstan|51.022|71.467
    TSF|Treviso|Italy|45.648|12.194
    TSN|Tianjin|China|39.124|117.346
    TUN|Tunis|Tunisia|36.851|10.227
    TXL|Berlin|Germany|52.560|13.288
    TYN|Taiyuan|China|37.747|112.628
    URC|Urumqi|China|43.907|87.474
    VCE|Venice|Italy|45.505|12.352
    VIE|Vienna|Austria|48.110|16.570
    VKO|Moscow|Russia|55.591|37.262
    VLC|Valencia|Spain|39.489|-0.482
    VNO|Vilnius|Lithuania|54.634|25.286
    WAW|Warsaw|Poland|52.166|20.967
    WNZ|Wenzhou|China|27.912|120.852
    WRO|Wroclaw|Poland|51.103|16.886
    WUH|Wuhan|China|30.784|114.208
    XIY|Xi'an|China|34.447|108.752
    XMN|Xiamen|China|24.544|118.128
    YEG|Edmonton|Canada|53.310|-113.580
    YUL|Montreal|Canada|45.471|-73.741
    YVR|Vancouver|Canada|49.194|-123.184
    YYC|Calgary|Canada|51.114|-114.020
    YYZ|Toronto|Canada|43.677|-79.631
    ZRH|Zurich|Switzerland|47.465|8.549
    """
