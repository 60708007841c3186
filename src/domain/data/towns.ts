/*
 * Towns and regencies by the number of their province: all of Java, Bali and Sumatra's and the eastern islands' larger
 * ones, the areas that plate lists name (Perpol 7/2021 as in data/plates), and what people say instead of the official
 * name. Regency names: npm idn-area-data 4.0.1. A name that two provinces share stands in both. For readRegion: what
 * it finds here is a guess, and is shown for review.
 */

const BY_PROVINCE: Readonly<Record<string, string>> = {
  "11": `banda aceh, sabang, lhokseumawe, langsa, subulussalam, aceh besar, aceh timur, aceh utara, aceh barat,
    aceh selatan, aceh tengah, aceh tenggara, aceh tamiang, aceh singkil, aceh jaya, pidie, bireuen, simeulue,
    gayo lues, nagan raya, bener meriah, meulaboh, takengon, sigli`,
  "12": `medan, binjai, tebing tinggi, pematangsiantar, pematang siantar, siantar, sibolga, tanjungbalai,
    padangsidimpuan, padang sidempuan, gunungsitoli, deli serdang, langkat, karo, simalungun, asahan, labuhanbatu,
    dairi, toba, samosir, tapanuli, tapanuli utara, tapanuli tengah, tapanuli selatan, mandailing natal, nias,
    pakpak bharat, humbang hasundutan, serdang bedagai, batu bara, batubara, kabanjahe, lubuk pakam, kisaran,
    rantau prapat, berastagi`,
  "13": `padang, bukittinggi, payakumbuh, padang panjang, pariaman, sawahlunto, kota solok, solok, agam, tanah datar,
    lima puluh kota, padang pariaman, pasaman, pesisir selatan, sijunjung, dharmasraya, solok selatan, mentawai,
    batusangkar, painan`,
  "14": `pekanbaru, pekan baru, dumai, kampar, bengkalis, siak, rokan hulu, rokan hilir, pelalawan, indragiri hulu,
    indragiri hilir, kuantan singingi, meranti, bangkinang, duri, rengat, tembilahan`,
  "15": `kota jambi, muaro jambi, batanghari, batang hari, bungo, tebo, merangin, sarolangun, kerinci, sungai penuh,
    tanjung jabung, tanjung jabung barat, tanjung jabung timur, muara bungo, bangko, kuala tungkal`,
  "16": `palembang, prabumulih, lubuklinggau, lubuk linggau, pagar alam, pagaralam, ogan komering ilir,
    ogan komering ulu, oku, oki, ogan ilir, muara enim, lahat, musi rawas, musi banyuasin, banyuasin, empat lawang,
    baturaja, kayu agung, sekayu`,
  "17": `kota bengkulu, rejang lebong, curup, kaur, seluma, mukomuko, kepahiang, lebong, bengkulu utara,
    bengkulu selatan, bengkulu tengah, manna`,
  "18": `bandar lampung, bandarlampung, metro, lampung selatan, lampung utara, lampung tengah, lampung timur,
    lampung barat, tanggamus, tulang bawang, way kanan, pringsewu, pesawaran, mesuji, pesisir barat, kotabumi,
    kalianda, tanjung karang`,
  "19": `pangkalpinang, pangkal pinang, bangka, bangka barat, bangka selatan, bangka tengah, belitung, belitung timur,
    sungailiat, tanjung pandan, mentok`,
  "21": `batam, tanjungpinang, tanjung pinang, bintan, karimun, natuna, lingga, anambas, tanjung balai karimun`,
  "31": `jakarta barat, jakarta pusat, jakarta selatan, jakarta timur, jakarta utara, jakbar, jakpus, jaksel, jaktim,
    jakut, kepulauan seribu, west jakarta, central jakarta, south jakarta, east jakarta, north jakarta, tanjung priok,
    kebayoran, cengkareng, cempaka putih, kemayoran, menteng, tebet, cilandak, pasar minggu, jagakarsa, cakung,
    jatinegara, cipayung, kelapa gading, grogol, kalideres, kebon jeruk, tambora, tanah abang, pancoran`,
  "32": `bandung, bandung barat, cimahi, bogor, sukabumi, cianjur, garut, tasikmalaya, tasik, ciamis, kuningan,
    cirebon, majalengka, sumedang, indramayu, subang, purwakarta, karawang, krawang, bekasi, depok, banjar,
    pangandaran, cinere, cibinong, cileungsi, parung, ciawi, pamijahan, leuwiliang, jonggol, gunung putri, citeureup,
    cisarua, cikarang, tambun, jatiasih, cibitung, cikampek, lembang, padalarang, soreang, majalaya, cileunyi,
    jatinangor, rancaekek, ngamprah, palabuhanratu, pelabuhan ratu, cibadak, singaparna, sumber, jatibarang, sawangan,
    cimanggis, sukmajaya, margonda, pondok gede, bantar gebang, rengasdengklok, haurgeulis, pamanukan`,
  "33": `semarang, surakarta, solo, salatiga, magelang, pekalongan, tegal, banyumas, cilacap, purbalingga,
    banjarnegara, kebumen, purworejo, wonosobo, temanggung, kendal, demak, batang, pemalang, brebes, pati, kudus,
    jepara, rembang, blora, grobogan, purwodadi, sukoharjo, boyolali, sragen, karanganyar, wonogiri, klaten,
    purwokerto, ungaran, ambarawa, slawi, bumiayu, cepu, kartasura, majenang, mungkid, kroya, weleri, lasem, kajen,
    delanggu, muntilan`,
  "34": `sleman, bantul, gunungkidul, gunung kidul, kulon progo, kulonprogo, wates, wonosari, kota yogyakarta`,
  "35": `surabaya, malang, batu, pasuruan, probolinggo, lumajang, jember, banyuwangi, bondowoso, situbondo,
    mojokerto, jombang, bojonegoro, tuban, lamongan, gresik, sidoarjo, madiun, ngawi, magetan, ponorogo, pacitan,
    kediri, blitar, tulungagung, nganjuk, trenggalek, madura, bangkalan, sampang, pamekasan, sumenep, kepanjen,
    bangil, pare, caruban, wlingi, genteng, lawang, singosari, krian, waru, kraksaan, babat`,
  "36": `serang, cilegon, pandeglang, lebak, rangkasbitung, tangerang, tangerang selatan, tangsel, south tangerang,
    serpong, ciputat, pamulang, bintaro, bsd, ciledug, cikupa, balaraja, tigaraksa, cikokol, curug, pasar kemis,
    kelapa dua, labuan, merak, anyer, malingping, karawaci`,
  "51": `denpasar, badung, gianyar, tabanan, bangli, klungkung, karangasem, buleleng, jembrana, singaraja, kuta, ubud,
    semarapura, amlapura, negara, nusa dua, sanur, jimbaran`,
  "52": `mataram, lombok, lombok barat, lombok tengah, lombok timur, lombok utara, sumbawa, sumbawa barat, bima, dompu,
    praya, selong, taliwang`,
  "53": `kupang, timor, flores, sumba, ende, sikka, maumere, manggarai, labuan bajo, ngada, nagekeo, alor, belu,
    atambua, malaka, rote, rote ndao, sabu raijua, lembata, flores timur, larantuka, ruteng, sumba timur, sumba barat,
    waingapu, soe, kefamenanu`,
  "61": `pontianak, singkawang, kubu raya, mempawah, sambas, bengkayang, landak, sanggau, sekadau, sintang, melawi,
    kapuas hulu, ketapang, kayong utara, ngabang, putussibau`,
  "62": `palangka raya, palangkaraya, kotawaringin, kotawaringin timur, kotawaringin barat, sampit, pangkalan bun,
    kapuas, kuala kapuas, katingan, barito utara, barito selatan, barito timur, gunung mas, murung raya, pulang pisau,
    seruyan, lamandau, sukamara, muara teweh, buntok`,
  "63": `banjarmasin, banjarbaru, banjar, martapura, tanah laut, pelaihari, tanah bumbu, kotabaru, hulu sungai selatan,
    hulu sungai tengah, hulu sungai utara, tabalong, tapin, barito kuala, balangan, tanjung tabalong, amuntai,
    barabai, kandangan, rantau, batulicin`,
  "64": `samarinda, balikpapan, bontang, kutai, kutai kartanegara, kutai timur, kutai barat, tenggarong, sangatta,
    berau, tanjung redeb, paser, penajam, penajam paser utara, mahakam ulu, nusantara, ikn`,
  "65": `tarakan, bulungan, tanjung selor, malinau, nunukan, tana tidung`,
  "71": `manado, bitung, tomohon, kotamobagu, minahasa, minahasa utara, minahasa selatan, tondano, bolaang mongondow,
    sangihe, kepulauan sangihe, sitaro, talaud, kepulauan talaud, tahuna, amurang`,
  "72": `palu, donggala, poso, sigi, parigi moutong, parigi, tolitoli, toli toli, buol, banggai, luwuk, morowali,
    tojo una una, ampana`,
  "73": `makassar, ujung pandang, parepare, pare pare, palopo, gowa, sungguminasa, maros, pangkep, barru, bone,
    watampone, wajo, sengkang, soppeng, sidrap, pinrang, enrekang, luwu, luwu timur, luwu utara, tana toraja, toraja,
    toraja utara, bulukumba, bantaeng, jeneponto, takalar, sinjai, selayar`,
  "74": `kendari, baubau, bau bau, konawe, kolaka, muna, raha, buton, wakatobi, bombana, unaaha`,
  "75": `kota gorontalo, boalemo, pohuwato, bone bolango, limboto, gorontalo utara, marisa`,
  "76": `mamuju, majene, polewali, polewali mandar, polman, mamasa, pasangkayu`,
  "81": `ambon, tual, maluku tengah, maluku tenggara, masohi, seram, buru, namlea, kepulauan aru, dobo, saumlaki,
    tanimbar`,
  "82": `ternate, tidore, sofifi, halmahera, halmahera utara, halmahera selatan, halmahera barat, tobelo, morotai,
    kepulauan sula, taliabu`,
  "91": `jayapura, sentani, keerom, sarmi, biak, biak numfor, yapen, serui, waropen, supiori, mamberamo raya`,
  "92": `manokwari, fakfak, fak fak, kaimana, teluk bintuni, bintuni, teluk wondama, pegunungan arfak`,
  "93": `merauke, boven digoel, mappi, asmat, agats`,
  "94": `nabire, mimika, timika, paniai, puncak, puncak jaya, dogiyai, deiyai, intan jaya`,
  "95": `jayawijaya, wamena, lanny jaya, tolikara, yahukimo, yalimo, nduga, mamberamo tengah, pegunungan bintang`,
  "96": `sorong, sorong selatan, raja ampat, maybrat, tambrauw, waisai`,
};

/** Name in lower case to the numbers of the provinces that have such a town. */
export const TOWNS: ReadonlyMap<string, readonly string[]> = byName();

function byName(): ReadonlyMap<string, readonly string[]> {
  const towns = new Map<string, readonly string[]>();
  for (const [code, names] of Object.entries(BY_PROVINCE)) {
    for (const name of names.split(/,\s+/)) towns.set(name, [...new Set([...(towns.get(name) ?? []), code])]);
  }
  return towns;
}

/** Towns whose names are everyday words as well: taken when they are the whole answer, not inside a sentence. */
export const EVERYDAY_WORDS: ReadonlySet<string> = new Set(
  `batu, pati, palu, serang, banjar, metro, sumber, negara, batang, curug, merak, toba, waru, pare, lawang, genteng,
  babat, rantau, puncak, bone, malaka, landak, seram, buru, kaur, duri, labuan, raha, nusantara, bsd, solo, karo,
  lingga, muna, berau, timor, bangka, bangko, manna, tambora, kapuas`
    .split(/,\s+/),
);
