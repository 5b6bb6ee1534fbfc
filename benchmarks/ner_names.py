"""Puts other names in the place of those of the corpus, so that a model meets more of Norway than the news does."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from benchmarks.ner_corpus import Sentence

GIVEN = """
Áilu Ánte Biret Elle Inger-Ánne Issát Juhán Kárena Lásse Máhtte Máret Mihkkal Nils-Ánte Niillas Rávdná Risten Sárá
Ulljá Ánde Sunná Jovsset Láilá Heaika Jouni Merethe Áslat
Agnieszka Andrzej Bartosz Dorota Elżbieta Ewa Grzegorz Jacek Jolanta Katarzyna Krzysztof Łukasz Małgorzata Marcin
Mariusz Paweł Piotr Sławomir Tomasz Wiesława Wojciech Zbigniew Zofia Beata Kinga
Abdirahman Abdullahi Abshir Asha Ayaan Faduma Farah Fartun Hodan Idil Ifrah Khadra Liban Mahad Nasteho Sagal Sahra
Warsame Yasmin Yusuf Zeynab Cabdi Deqa Ubah Hibaq
Abdulkarim Ahmad Aisha Amal Amina Bilal Dalia Fatima Ghada Hanan Hassan Hussein Ibrahim Iman Jamila Khaled Layla Maha
Mohammed Mustafa Nabil Nour Omar Rania Reem Salma Samir Tariq Wafa Youssef Zainab Noor Rashid
Anushan Arunthathi Dharshini Gowri Kavitha Kumaran Lavan Mathavan Nirosha Pirapaharan Ragavan Sangeetha Selvarani
Sivakumar Suganthi Thanushan Tharmini Vasanthi Vithusan Yalini Abirami Rajani
Anh Bich Cuong Dung Duc Hanh Hoa Hung Huong Khanh Lan Linh Loan Mai Minh Ngoc Nhung Phuong Quang Thanh Thao Thu Thuy
Trang Tuan Tuyet Xuan Yen
Alem Bereket Eden Feven Filmon Helen Kidane Mehret Merhawi Rahwa Saba Selam Semhar Tesfay Yonas Zerai
Azad Berivan Delal Hevin Rojda Serhat Zilan Behrouz Farhad Golnaz Leila Mahsa Mehdi Nasrin Parvin Reza Shirin Zahra
Ayşe Emine Fatma Hatice Mehmet Murat Mustafa Özlem Serkan Zeynep
Adnan Amra Azra Dino Edin Emina Fikret Jasmina Mirsad Nermin Selma Senad Zlatan Arta Besnik Drita Flutura Valon
Oksana Olena Serhij Taras Oleksandr Iryna Natalija Svitlana Volodymyr Dmytro Ludmila Sergej Tatjana
Aurelija Darius Jurgita Mindaugas Rasa Vytautas Inese Janis Liga Ionut Gheorghe Mihaela
Apinya Kanya Malee Nattaporn Somchai Siriporn Maricel Jocelyn Rodrigo Rowena Analyn Divya Gurpreet Harjit Parveen
Chukwuemeka Ngozi Oluwaseun Kwame Blessing Mutombo Chantal Esperance Jean-Claude Divine
Anne-Marie Ann-Kristin Inger-Lise Jan-Erik Karl-Johan Leif-Arne Liv-Turid May-Britt Odd-Arne Ole-Martin Per-Olav
Rolf-Inge Siv-Anita Stein-Erik Tor-Egil Unni-Mette Aud-Jorunn Geir-Ove
""".split()

FAMILY = """
Eira Gaup Guttorm Hætta Juuso Kitti Lango Mienna Oskal Sara Siri Somby Triumf Turi Utsi Valkeapää Bæhr Balto
Eriksen-Gaup Anti Buljo Magga Boine Porsanger
Kowalska Kowalczyk Nowak Wiśniewski Wójcik Kamińska Lewandowski Zielińska Szymański Woźniak Dąbrowska Kozłowski
Jankowska Mazur Krawczyk Piotrowska Grabowski Pawlak
Abdi Ahmed Ali Warsame Hirsi Jama Farah Mohamud Nur Osman Sheikh Aden Duale Elmi Guled Isse Roble Samatar Shire Yusuf
Al-Bayati al-Hakim Al-Khalidi Al-Masri Aziz Barakat Darwish El-Sayed Haddad Hamdan Ibrahim Jaber Karim Khalil Mansour
Nasser Qasim Saleh Shaheen Tawfik
Balasingham Ganeshan Kanagaratnam Kandiah Mahendran Nadarajah Paramanathan Rajaratnam Selvarajah Sivalingam
Sivanathan Thambiah Thirunavukkarasu Vigneswaran Yogarajah Jeyakumar
Nguyen Tran Le Pham Huynh Vo Dang Bui Do Ngo Duong Ly Dinh Truong
Gebremedhin Haile Tesfamariam Woldemichael Habtemariam Kidane Ghebreab Tekle
Karimi Hosseini Rahimi Ahmadi Moradi Rostami Kaya Demir Yilmaz Yıldız Şahin Özdemir Arslan Aydin
Hadžić Begić Hodžić Mujić Kovačević Petrović Jovanović Krasniqi Berisha Gashi Hoxha Shala
Shevchenko Kovalenko Bondarenko Tkachenko Ivanova Petrov Smirnova Kazlauskas Jankauskiene Ozols Berzina Popescu
Ionescu Khan Singh Kaur Sharma Iqbal Butt Chaudhry Malik Mahmood Rehman Santos Reyes Bautista Dela-Cruz Srisai
Okafor Adeyemi Mensah Bizimana Uwimana Kabongo Mukendi
Berg-Hansen Dahl-Olsen Lie-Nielsen Moe-Larsen Vik-Andersen Strand-Johnsen Holm-Pettersen Bakke-Solberg Lund-Iversen
""".split()


class Names:
    """Names to draw from: Statistics Norway's lists, places of Norway, and names that such lists leave out.

    Lists of names leave out those that few bear, and so just those of many who came to Norway and of many Sami.
    """

    def __init__(self, data: Path, texts: list[list[Sentence]]) -> None:
        folder = data / "names"
        self._given = (folder / "ssb-firstnames.txt").read_text(encoding="utf-8").split()
        surnames = (folder / "ssb-surnames.tsv").read_text(encoding="utf-8").splitlines()
        self._family = [line.split("\t")[0] for line in surnames]
        with (folder / "postal-codes-2026.tsv").open(encoding="utf-8", newline="") as file:
            places = {row[1].title() for row in csv.reader(file, delimiter="\t") if " " not in row[1]}
        self._places = sorted(places)
        self._known_given, self._known_family = set(self._given), set(self._family)
        self._ordinary = {word for text in texts for sentence in text for word, tag in sentence if tag == "O"}

    def swapped(self, sentence: Sentence, chance: random.Random) -> Sentence:
        """Return the sentence with other persons, and now and then another place, in it."""
        changed = list(sentence)
        for at, (word, tag) in enumerate(sentence):
            if word in self._ordinary or not word[0].isupper():
                continue
            more = at + 1 < len(sentence) and sentence[at + 1][1] == f"I-{tag[2:]}"
            if tag == "B-PER" and (more or word.removesuffix("s") in self._known_given or chance.random() < 0.3):
                changed[at] = (self._like(word, self._drawn(self._given, GIVEN, chance)), tag)
            elif tag in {"B-PER", "I-PER"} and len(word) > 2:
                changed[at] = (self._like(word, self._drawn(self._family, FAMILY, chance)), tag)
            elif tag == "B-GPE_LOC" and not more and chance.random() < 0.3:
                changed[at] = (chance.choice(self._places), tag)
        return changed

    @staticmethod
    def _drawn(common: list[str], rare: list[str], chance: random.Random) -> str:
        return chance.choice(rare if chance.random() < 0.4 else common)

    def _like(self, word: str, name: str) -> str:
        """Return the name in the genitive where the word was in it."""
        known = self._known_given | self._known_family
        genitive = word.endswith("s") and word not in known and word[:-1] in known and not name.endswith("s")
        return f"{name}s" if genitive else name
