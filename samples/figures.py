"""Invented figures at the real scale of the province, the same on every run.

Every random number comes from a generator seeded with the year, the unit and the field, so that adding a unit or a
field changes no other figure.
"""

import random
from decimal import ROUND_HALF_UP, Decimal

# code: population 2019, communes at the due date of 2024
SIZE = {
    "794": (145120, 13), "795": (43674, 8), "796": (47651, 12), "797": (50074, 10), "798": (28165, 7),
    "799": (77537, 13), "800": (56074, 11), "801": (65961, 11), "802": (315711, 20), "803": (181660, 14),
    "804": (98333, 12), "805": (66502, 10), "806": (187359, 17), "807": (214914, 15), "808": (109812, 13),
}  # fmt: skip

# Percentages of 2024: 2.1, 2.2, 2.3, 2.4, 3.2, 4.1; centres using information technology (3.3).
RATES = {
    "794": (71.4, 52.0, 66.0, 19.2, 92.0, 54.0, 13),
    "795": (58.2, 44.5, 55.0, 12.1, 75.0, 44.0, 7),
    "796": (44.1, 36.0, 42.0, 6.2, 58.0, 33.0, 6),
    "797": (46.3, 38.5, 44.0, 6.9, 60.0, 36.0, 6),
    "798": (47.0, 39.0, 45.0, 7.4, 55.0, 35.0, 4),
    "799": (52.6, 41.0, 47.0, 7.8, 66.0, 39.0, 8),
    "800": (49.5, 40.2, 46.0, 7.1, 64.0, 38.0, 7),
    "801": (45.0, 37.5, 44.0, 6.8, 60.0, 34.0, 6),
    "802": (56.8, 42.3, 54.0, 10.9, 78.0, 36.5, 12),
    "803": (60.1, 46.4, 56.0, 12.6, 80.0, 41.0, 11),
    "804": (57.3, 44.8, 52.0, 9.7, 72.0, 45.0, 9),
    "805": (54.9, 43.1, 50.0, 9.0, 70.0, 42.0, 7),
    "806": (61.5, 47.2, 52.0, 10.4, 83.0, 51.0, 16),
    "807": (57.7, 43.6, 53.0, 10.8, 76.0, 36.0, 11),
    "808": (55.2, 43.9, 51.0, 9.9, 74.0, 42.0, 9),
}

# How much lower the same percentages were in 2023.
BEFORE = (6.0, 4.5, 2.0, 0.8, 8.0, 7.0, 2)

# Units that did not hold a status of group 1, by year.
NOT_HELD = {
    2024: {"pcgd_th3": {"797"}, "pcgd_thcs3": {"796"}},
    2023: {
        "xmc_md2": {"796", "801"},
        "pcgd_th3": {"796", "797", "801"},
        "pcgd_thcs2": {"801"},
        "pcgd_thcs3": {"796", "797", "798", "800", "801"},
    },
}

# Units that leave the parts of the form blank that are asked but not required.
BLANK = {"do-tuoi": {"796", "801", "804"}, "kinh-phi": {"799", "801"}, "so-xa": {"801"}, "khen-thuong": {"796", "798"}}

# Money of the learning encouragement funds that the words of 2024 name, in million đồng.
FUND = {"794": 2150, "803": 3400}

# Inspections and supervisions of 2024 that the words name; the others are drawn.
INSPECTED = {"794": (6, None), "797": (5, None), "802": (None, 20), "805": (10, None), "806": (None, 9)}

# Units that also type the percentage, which the form leaves to them.
TYPES_PERCENT = {"794", "795", "803", "805", "806"}
# Units that choose the status of every row instead of leaving it blank.
CHOOSES_STATUS = {"795", "802", "806"}


def share(whole, percent):
    """The whole number of people or things that is nearest to a percentage of a whole."""
    return int(Decimal(whole * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def percent(part, whole):
    """A percentage with two decimals as a sender would type it."""
    return float((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP))


class District:
    """The figures of one district in one year, by field id."""

    def __init__(self, code, year):
        self.code, self.year, self.values = code, year, {}
        population, self.communes = SIZE[code]
        if year == 2023 and code in ("794", "803"):
            self.communes += 1  # one commune merged on 1/12/2024
        self.population = share(population, self.between("growth", 103.0, 106.0) - (0.8 if year == 2023 else 0))
        rates = RATES[code] if year == 2024 else tuple(now - less for now, less in zip(RATES[code], BEFORE))
        self.statuses()
        for row, rate, whole in [
            ("nltt", rates[0], share(self.population, 60 + self.between("age", -0.6, 0.6))),
            ("kns", rates[1], share(self.population, 60 + self.between("age", -0.6, 0.6))),
            ("cmkt", rates[2], share(self.population, 77 + self.between("15+", -0.5, 0.5))),
            ("dai_hoc", rates[3], share(self.population, 77 + self.between("15+", -0.5, 0.5))),
            ("cong_dan", rates[5], share(self.population, 73 + self.between("18+", -0.5, 0.5))),
        ]:
            self.people(row, whole, rate)
        for row, per_commune in [("cs_mn", 1.08), ("cs_th", 0.98), ("cs_thcs", 0.68)]:
            whole = round(self.communes * per_commune)
            self.places(row, whole, min(whole, share(whole, rates[4] + self.between(row, -4, 4))))
        self.places("tt_htcd", self.communes, rates[6])
        if year == 2024 and code in ("794", "803"):
            self.values["tt_htcd.ghi_chu"] = "Nhập hai xã, phường từ ngày 01/12/2024 nên còn ít hơn một trung tâm"
        self.titles()
        self.communes_reaching()
        self.ages()
        self.money()
        self.inspection()

    def between(self, what, low, high):
        return random.Random(f"{self.year} {self.code} {what}").uniform(low, high)

    def statuses(self):
        for row in ["xmc_md2", "pcgd_th3", "pcgd_thcs2", "pcgd_thcs3"]:
            held = self.code not in NOT_HELD[self.year].get(row, ())
            self.values[f"{row}.dat"] = "Đạt" if held else "Chưa đạt"
        self.values["pcgd_mg.dat"] = "Chưa có tiêu chí"

    def people(self, row, whole, rate):
        part = share(whole, rate + self.between(row, -0.4, 0.4))
        self.values[f"{row}.tong"], self.values[f"{row}.dat"] = whole, part
        self.values[f"{row}.nu"] = share(part, self.between(f"{row} nu", 47.0, 52.5))
        if int(self.code) % 2 == 0:
            self.values[f"{row}.dtts"] = share(part, self.between(f"{row} dtts", 0.1, 0.4))
        self.beside(row, part, whole)

    def places(self, row, whole, part):
        self.values[f"{row}.tong"], self.values[f"{row}.dat"] = whole, part
        self.beside(row, part, whole)

    def beside(self, row, part, whole):
        if self.code in TYPES_PERCENT:
            self.values[f"{row}.ty_le"] = percent(part, whole)
        if self.code in CHOOSES_STATUS:
            self.values[f"{row}.tinh_trang"] = "Số liệu"

    def titles(self):
        less = 0 if self.year == 2024 else 4
        for row, whole, registered, recognised in [
            ("gia_dinh", round(self.population / 3.55), (84, 92), (70, 82)),
            ("dong_ho", 30 + round(self.population / 900), (84, 92), (64, 78)),
            ("cong_dong", round(self.communes * self.between("ap", 5.2, 5.8)), (93, 98), (74, 88)),
            ("don_vi_ht", 18 + round(self.communes * 2.7), (92, 97), (76, 88)),
        ]:
            self.values[f"{row}.tong"] = whole
            self.values[f"{row}.dang_ky"] = share(whole, self.between(f"{row} dk", *registered) - less)
            self.values[f"{row}.cong_nhan"] = share(whole, self.between(f"{row} cn", *recognised) - less)
        short = 1 + int(self.between("xa", 0, 3))
        self.values["cong_dong_xa.tong"] = self.communes
        self.values["cong_dong_xa.dang_ky"] = self.communes - (short > 2)
        self.values["cong_dong_xa.cong_nhan"] = self.communes - short


    def holds(self, row):
        return self.code not in NOT_HELD[self.year].get(row, ())

    def communes_reaching(self):
        """Levels, their decisions and the communes behind them, in step with the statuses and their thresholds."""
        levels = {
            "xmc": 2 if self.holds("xmc_md2") else 1,
            "mn": 1,
            "th": 3 if self.holds("pcgd_th3") else 2,
            "thcs": 3 if self.holds("pcgd_thcs3") else 2 if self.holds("pcgd_thcs2") else 1,
        }
        for at, (row, level) in enumerate(levels.items()):
            self.values[f"muc_{row}.muc"] = level
            if self.code not in BLANK["so-xa"]:
                self.values[f"muc_{row}.so_qd"] = f"{8000 + (self.year - 2020) * 100 + int(self.code) % 100 * 4 + at}/QĐ-UBND"
                day = 3 + int(self.between(f"qd {row}", 0, 25))
                self.values[f"muc_{row}.ngay_qd"] = f"{self.year}-{1 + at % 3:02}-{day:02}"
        if self.code in BLANK["so-xa"]:
            return
        every = self.communes
        reached = {"tong": every, "xmc1": every, "mn5": every, "th1": every, "th2": every, "thcs1": every}
        # A district holds XMC 2 with 90 % of its communes, THCS 2 with 95 %, TH 3 and THCS 3 with all of them.
        few = every // 11
        reached["xmc2"] = every - few * (self.between("xmc2", 0, 1) < 0.4) if levels["xmc"] == 2 else every - few - 1
        reached["th3"] = every if levels["th"] == 3 else every - 2
        reached["thcs2"] = every if levels["thcs"] >= 2 else every - 2
        reached["thcs3"] = every if levels["thcs"] == 3 else every - 4
        for row, communes in reached.items():
            self.values[f"xa_{row}.so"] = communes
        for row in ["xmc2", "th3", "thcs2", "thcs3"]:
            if reached[row] < every:
                self.values[f"xa_{row}.ghi_chu"] = f"Còn {every - reached[row]} xã chưa đạt, phấn đấu năm {self.year + 1}"

    def ages(self):
        if self.code in BLANK["do-tuoi"]:
            return
        level_2, best = self.holds("xmc_md2"), self.holds("pcgd_thcs3")
        for row, of_population, low, high in [
            ("tre6_lop1", 1.55, 99.2, 99.9),
            ("tre11_tieu_hoc", 1.6, 95.5, 98.5),
            ("tre14_tieu_hoc", 1.6, 98.6, 99.7),
            ("tn18_thcs", 5.3, 95.4 if best else 91.0, 98.2 if best else 94.0),
            ("tn18_hoc", 5.3, 82.0 if best else 74.0, 89.0 if best else 79.0),
            ("biet_chu_1", 31.0, 99.2, 99.8),
            ("biet_chu_2", 63.0, 96.0 if level_2 else 86.5, 99.0 if level_2 else 89.0),
        ]:
            # Both rows of the young people aged 15 to 18 are about the same people.
            whole = share(self.population, of_population + self.between(f"tuoi {row.split('_')[0]}", -0.08, 0.08))
            part = share(whole, self.between(row, low, high))
            self.values[f"{row}.tong"], self.values[f"{row}.dat"] = whole, part
            self.values[f"{row}.nu"] = share(part, self.between(f"{row} nu", 47.0, 50.5))
            self.beside(row, part, whole)

    def money(self):
        """Planned and spent, in million đồng; funds of the communes together near what the province's society names."""
        if self.code in BLANK["kinh-phi"]:
            return
        less = 1 if self.year == 2024 else 0.9
        for row, each, spent in [
            ("kp_tinh", 4.1, (94, 100)),
            ("kp_huyen", 8.6, (90, 100)),
            ("kp_xa", 3.2, (85, 100)),
            ("kp_dn", 2.4, None),
            ("kp_nd", 1.7, None),
        ]:
            amount = round(self.population / 1000 * each * self.between(row, 0.8, 1.2) * less + 60, 1)
            if spent:
                self.values[f"{row}.du_toan"] = amount
                amount = round(amount * self.between(f"{row} chi", *spent) / 100, 1)
            self.values[f"{row}.thuc_hien"] = amount
        fund = FUND.get(self.code) if self.year == 2024 else None
        self.values["kp_quy.thuc_hien"] = fund or round(SIZE[self.code][0] * 0.02262 * less, 1)

    def inspection(self):
        inspected, supervised = INSPECTED.get(self.code, (None, None)) if self.year == 2024 else (None, None)
        inspected = inspected or 2 + int(self.between("kt", 0, 6))
        supervised = supervised or 1 + int(self.between("gs", 0, 4))
        self.values["kiem_tra.so_cuoc"], self.values["giam_sat.so_cuoc"] = inspected, supervised
        if self.code not in BLANK["khen-thuong"]:
            self.values["khen_don_vi.tap_the"] = 6 + int(self.between("tt", 0, self.communes))
            self.values["khen_don_vi.ca_nhan"] = 15 + int(self.between("cn", 0, self.communes * 3))
            self.values["khen_cap_tren.tap_the"] = 1 + int(self.between("ttt", 0, 3))
            self.values["khen_cap_tren.ca_nhan"] = 1 + int(self.between("cnt", 0, 5))


# What departments report beyond their words. Numbers of documents are invented.
DEPARTMENTS = {
    "SLDTBXH": {
        "kp_tw.du_toan": 6200, "kp_tw.thuc_hien": 5874.5, "kp_tinh.du_toan": 2150, "kp_tinh.thuc_hien": 2096.3,
        "kp_tinh.ghi_chu": "Đào tạo nghề cho lao động nông thôn", "kiem_tra.so_cuoc": 8,
        "kiem_tra.noi_dung": "Kiểm tra việc tổ chức lớp đào tạo nghề tại 8 huyện, thị xã.",
        "cmkt_tinh.tong": 1366420, "cmkt_tinh.dat": 716310, "cmkt_tinh.nu": 349870, "cmkt_tinh.dtts": 1840,
        "cmkt_tinh.ghi_chu": "Tổng hợp từ khảo sát lao động, việc làm năm 2024",
        "dai_hoc_tinh.tong": 1366420, "dai_hoc_tinh.dat": 148260, "dai_hoc_tinh.nu": 74510,
    },
    "SGDDT": {
        "kp_tinh.du_toan": 3480, "kp_tinh.thuc_hien": 3412.7, "kiem_tra.so_cuoc": 15,
        "kiem_tra.noi_dung": "Kiểm tra hồ sơ phổ cập giáo dục, xóa mù chữ; 15/15 đơn vị bảo đảm quy trình.",
        "khen_don_vi.tap_the": 24, "khen_don_vi.ca_nhan": 61, "khen_cap_tren.tap_the": 2, "khen_cap_tren.ca_nhan": 5,
        "truong_dh.tong": 2, "truong_dh.dat": 1, "truong_dh.ghi_chu": "Một trường đang xây dựng đề án đại học số",
        "cs_thpt.tong": 51, "cs_thpt.dat": 47, "cs_gdtx.tong": 16, "cs_gdtx.dat": 11,
        "cs_gdnn.tong": 12, "cs_gdnn.dat": 9, "cs_khac.tong": 34, "cs_khac.dat": 15,
        "trong_tam.5.tien_do": "Đang thực hiện", "trong_tam.5.ghi_chu": "Đang lấy ý kiến dự thảo kế hoạch",
    },
    "HKH": {
        "kp_tinh.du_toan": 620, "kp_tinh.thuc_hien": 620, "kp_quy.thuc_hien": 4850,
        "kp_quy.ghi_chu": "Quỹ Khuyến học tỉnh; quỹ của các huyện do huyện báo cáo",
        "khen_don_vi.tap_the": 45, "khen_don_vi.ca_nhan": 120, "khen_cap_tren.tap_the": 3, "khen_cap_tren.ca_nhan": 6,
        "trong_tam.1.tien_do": "Đã hoàn thành", "trong_tam.1.so_vb": "901/KH-UBND", "trong_tam.1.ngay_vb": "2021-12-20",
        "trong_tam.2.tien_do": "Đã hoàn thành", "trong_tam.2.so_vb": "902/KH-UBND", "trong_tam.2.ngay_vb": "2022-03-25",
    },
    "LDLD": {
        "kp_dn.thuc_hien": 1260, "kp_dn.ghi_chu": "Doanh nghiệp hỗ trợ người lao động học nâng cao tay nghề",
        "trong_tam.3.tien_do": "Đã hoàn thành", "trong_tam.3.so_vb": "903/KH-UBND", "trong_tam.3.ngay_vb": "2022-06-28",
    },
    "MTTQ": {
        "giam_sat.so_cuoc": 4, "giam_sat.noi_dung": "Giám sát việc thực hiện kế hoạch tại 4 huyện; gửi 3 văn bản kiến nghị.",
    },
    "TD": {"kp_tinh.du_toan": 180, "kp_tinh.thuc_hien": 176.4, "khen_don_vi.tap_the": 12, "khen_don_vi.ca_nhan": 38},
    "SVHTTDL": {
        "kp_tinh.du_toan": 1340, "kp_tinh.thuc_hien": 1298.6,
        "trong_tam.4.tien_do": "Đã hoàn thành", "trong_tam.4.so_vb": "904/KH-UBND", "trong_tam.4.ngay_vb": "2023-02-15",
        "trong_tam.4.ghi_chu": "Chậm so với thời gian của Phụ lục do chờ hướng dẫn",
    },
}  # fmt: skip

# Districts recognised as learning districts in 2024: invented decision and date.
RECOGNISED = {
    "794": ("9001/QĐ-UBND", "2024-10-15"),
    "803": ("9002/QĐ-UBND", "2024-10-22"),
    "806": ("9003/QĐ-UBND", "2024-10-22"),
    "808": ("9004/QĐ-UBND", "2024-11-05"),
}


def department(code, year):
    """The figures of a department, by field id."""
    values = dict(DEPARTMENTS.get(code, {}))
    if code == "SGDDT":
        for unit in SIZE:
            row = f"huyen_ht.{unit}"
            if year == 2023:
                values[f"{row}.dat"] = "Chưa có tiêu chí"
            elif unit in RECOGNISED:
                values[f"{row}.dat"] = "Được công nhận"
                values[f"{row}.so_qd"], values[f"{row}.ngay_qd"] = RECOGNISED[unit]
            else:
                values[f"{row}.dat"] = "Chưa được công nhận"
    if year == 2023:
        lower = {
            "SLDTBXH": {
                "cmkt_tinh.tong": 1352180, "cmkt_tinh.dat": 684470, "cmkt_tinh.nu": 333900, "cmkt_tinh.dtts": 1720,
                "dai_hoc_tinh.tong": 1352180, "dai_hoc_tinh.dat": 137920, "dai_hoc_tinh.nu": 69020,
            },
            "SGDDT": {"cs_thpt.dat": 43, "cs_gdtx.dat": 8, "cs_gdnn.dat": 7, "cs_khac.dat": 11},
        }  # fmt: skip
        values.update(lower.get(code, {}))
        values.pop("cmkt_tinh.ghi_chu", None)
    return values
